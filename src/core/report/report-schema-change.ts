import * as z from "zod/mini";
import {
  choice,
  count,
  decimal,
  listOf,
  maybe,
  part,
  position,
  repositoryPath,
  text,
} from "./report-schema-parts.ts";

/** Coverage of the changed lines. */
export const changes = part({
  kind: z.literal("changed"),
  since: text,
  covered: count,
  total: count,
  uncovered: listOf(part({ file: repositoryPath, from: position, to: position })),
});

/** What a change asks less than its base. */
export const policy = part({
  where: text,
  weaker: listOf(part({ kind: choice(["rules", "evidence", "policy"]), what: text })),
  accepted: maybe(text),
});

/** An agreed exception. */
export const waiver = part({
  kpi: text,
  allow: decimal,
  text,
  reason: text,
  until: z.iso.date(),
  owner: maybe(text),
});
