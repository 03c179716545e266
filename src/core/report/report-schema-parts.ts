import * as z from "zod/mini";

/** Longest text, longest list and largest power of ten that a report to be published may hold. */
const maxText = 65_536;
const maxList = 50_000;
const maxScale = 400;

export const text = z.string().check(z.maxLength(maxText));
export const count = z.int().check(z.minimum(0));
export const position = z.int().check(z.minimum(1));

/** An object with these fields and no other. */
export function part<const T extends z.core.$ZodShape>(fields: T) {
  return z.readonly(z.strictObject(fields));
}

/** A field that may be left out. */
export const maybe = z.exactOptional;

export function listOf<T extends z.ZodMiniType>(item: T) {
  return z.readonly(z.array(item).check(z.maxLength(maxList)));
}

export function choice<const T extends readonly string[]>(words: T) {
  return z.enum(words);
}

/** A path in the repository, which an annotation may name. */
export const repositoryPath = text.check(
  z.refine((path) => !/^\/|\\|(?:^|\/)\.\.?(?:\/|$)/.test(path), { error: "is no path in a repository" }),
);

/** Exact numbers are written as text, because JSON has none. */
export function digits(most: number) {
  const written = z.string().check(z.regex(new RegExp(`^-?\\d{1,${most}}$`)));
  return z.pipe(
    written,
    z.transform((digits: string) => BigInt(digits)),
  );
}

export const decimal = part({ digits: digits(maxScale), scale: count.check(z.maximum(maxScale)) });
