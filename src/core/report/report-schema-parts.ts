import { z } from "zod";

/** Longest text, longest list and largest power of ten that a report to be published may hold. */
const maxText = 65_536;
const maxList = 50_000;
const maxScale = 400;

export const text = z.string().max(maxText);
export const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const position = count.min(1);

export function listOf<T extends z.ZodType>(item: T) {
  return z.array(item).max(maxList).readonly();
}

export function choice<const T extends readonly string[]>(words: T) {
  return z.enum(words);
}

/** A path in the repository, which an annotation may name. */
export const repositoryPath = text.refine((path) => !/^\/|\\|(?:^|\/)\.\.?(?:\/|$)/.test(path), {
  error: "is no path in a repository",
});

/** Exact numbers are written as text, because JSON has none. */
const digits = z
  .string()
  .regex(new RegExp(`^-?\\d{1,${maxScale}}$`))
  .transform(BigInt);
export const decimal = z.strictObject({ digits, scale: count.max(maxScale) }).readonly();
