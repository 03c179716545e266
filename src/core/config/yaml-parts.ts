import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import { scalarValue } from "./yaml-scalar.ts";

/** A part of a YAML document: its value, where in the text it begins, and what it holds. */
export interface Part {
  readonly value: unknown;
  readonly offset: number;
  /** By index in a sequence, by key in a mapping. Absent in scalars, and where an alias repeats what stands elsewhere. */
  readonly inner?: ReadonlyMap<string, { readonly part: Part; readonly keyAt: number }>;
}

/** Something in a document that a configuration may not hold. */
export type Fault = { readonly at: number } & (
  | { readonly kind: "documents" | "merge" | "no-text" | "infinite" | "alias" | "aliases" }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "repeated"; readonly key: string; readonly firstAt: number }
);

type Inner = Map<string, { readonly part: Part; readonly keyAt: number }>;

/** Most places that one document may repeat by aliases, those within what they repeat included. */
export const maxAliases = 50;

/** Builds the one document of a stream of events about a text, and finds what a configuration may not hold. */
export function partsOf(text: string, events: readonly Event[]): { root: Part; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const anchors = new Map<string, { readonly part: Part; readonly aliases: number }>();
  let next = 0;
  let aliases = 0;
  const nothing: Part = { value: null, offset: 0 };
  if (events.length === 0) return { root: nothing, faults };

  next = 1;
  const root = events[next]?.type === EVENT_ID.POP ? nothing : part(0);
  const second = events.findIndex(({ type }, i) => i > 0 && type === EVENT_ID.DOCUMENT);
  if (second !== -1) faults.push({ kind: "documents", at: markOf(text, beginning(events[second + 1])) });
  return { root, faults };

  /** The part that begins with the next event; an empty one is where its key is. */
  function part(keyAt: number): Part {
    const event = events[next++]!;
    switch (event.type) {
      case EVENT_ID.ALIAS:
        return alias(text.slice(event.anchorStart, event.anchorEnd), event.anchorStart - 1);
      case EVENT_ID.SEQUENCE:
        return anchored(event, () => sequence(event.start));
      case EVENT_ID.MAPPING:
        return anchored(event, () => mapping(event.start));
      case EVENT_ID.SCALAR:
        return anchored(event, () => scalar(event, keyAt));
      default:
        throw new Error(`a YAML part cannot begin with event ${event.type}`);
    }
  }

  function anchored(event: Extract<Event, { readonly tagStart: number }>, make: () => Part): Part {
    const before = aliases;
    const made = make();
    const { anchorStart, anchorEnd, tagStart, tagEnd } = event;
    if (tagStart !== -1 && event.type !== EVENT_ID.SCALAR) {
      const tag = text.slice(tagStart, tagEnd);
      if (tag !== (event.type === EVENT_ID.MAPPING ? "!!map" : "!!seq"))
        faults.push({ kind: "tag", tag, at: tagStart });
    }
    if (anchorStart !== -1)
      anchors.set(text.slice(anchorStart, anchorEnd), { part: made, aliases: aliases - before });
    return made;
  }

  function alias(name: string, at: number): Part {
    const meant = anchors.get(name);
    if (meant === undefined) faults.push({ kind: "alias", at });
    const before = aliases;
    aliases += 1 + (meant?.aliases ?? 0);
    if (before <= maxAliases && aliases > maxAliases) faults.push({ kind: "aliases", at });
    return { value: meant?.part.value ?? null, offset: at };
  }

  function sequence(offset: number): Part {
    const inner: Inner = new Map();
    while (events[next]?.type !== EVENT_ID.POP) {
      const one = part(offset);
      inner.set(String(inner.size), { part: one, keyAt: one.offset });
    }
    next++;
    return { value: Array.from(inner.values(), (entry) => entry.part.value), offset, inner };
  }

  function mapping(offset: number): Part {
    const inner: Inner = new Map();
    while (events[next]?.type !== EVENT_ID.POP) {
      const isPlain = plain(events[next]);
      const { value, offset: keyAt } = part(offset);
      const key = typeof value === "object" ? "" : String(value as string | number | boolean);
      const first = inner.get(key);
      if (isPlain && key === "<<") faults.push({ kind: "merge", at: keyAt });
      if (typeof value === "object" && value !== null) faults.push({ kind: "no-text", at: keyAt });
      if (first !== undefined) faults.push({ kind: "repeated", key, at: keyAt, firstAt: first.keyAt });
      inner.set(key, { part: part(keyAt), keyAt });
    }
    next++;
    return {
      value: Object.fromEntries(Array.from(inner, ([key, entry]) => [key, entry.part.value])),
      offset,
      inner,
    };
  }

  function scalar(event: ScalarEvent, keyAt: number): Part {
    const { valueStart, tagStart, tagEnd } = event;
    const offset = valueStart === -1 ? keyAt : valueStart - (isQuoted(event) ? 1 : 0);
    const tag = tagStart === -1 ? undefined : text.slice(tagStart, tagEnd);
    const value = scalarValue(valueStart === -1 ? "" : getScalarValue(text, event), plain(event), tag);
    if (value === undefined) faults.push({ kind: "tag", tag: tag ?? "", at: tagStart });
    if (typeof value === "number" && !Number.isFinite(value)) faults.push({ kind: "infinite", at: offset });
    return { value, offset };
  }
}

function plain(event: Event | undefined): boolean {
  return event?.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN;
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

/** Where the first part of a document begins. */
function beginning(event: Event | undefined): number {
  if (event === undefined) return -1;
  return "start" in event ? event.start : "valueStart" in event ? event.valueStart : -1;
}

/** Where the line stands that separates a document from the one before it. */
function markOf(text: string, beginning: number): number {
  const before = beginning === -1 ? text : text.slice(0, beginning);
  return before.lastIndexOf("\n---") + 1;
}
