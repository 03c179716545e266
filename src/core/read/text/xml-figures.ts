/** Hollow elements, of which nothing is wanted but whole numbers. */
export interface Figures {
  readonly element: string;
  /** Elements that they stand in, in which no text may be wanted; elsewhere they are told like others. */
  readonly inside: readonly string[];
  /** Attributes that are whole numbers in up to nine plain digits; an element without one of them is told like others. */
  readonly counts: readonly string[];
  /** An attribute that is one of these words, told by their numbers from 1 on, or another one, told by 0. */
  readonly word?: { readonly attribute: string; readonly of: readonly string[] };
  /** An attribute that ends with a share such as `50% (1/2)`, told as 1 and 2; told as twice -1 where it is absent. */
  readonly share?: string;
}

/** Elements that a reader may be told of by their figures, and many at once. */
export interface FigureEvents {
  readonly what: readonly Figures[];
  /**
   * Told of the figures of elements of one kind side by side, from `first` on, before `end`: for each its counts, then its
   * word, then its share.
   */
  tell(kind: number, values: Int32Array, first: number, end: number): void;
}

/** How many numbers are told of each element. */
export function widthOf({ counts, word, share }: Figures): number {
  return counts.length + (word === undefined ? 0 : 1) + (share === undefined ? 0 : 2);
}
