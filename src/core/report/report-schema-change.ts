import { z } from "zod";
import { choice, count, decimal, listOf, position, repositoryPath, text } from "./report-schema-parts.ts";

/** Coverage of the changed lines. */
export const changes = z
  .strictObject({
    kind: z.literal("changed"),
    since: text,
    covered: count,
    total: count,
    uncovered: listOf(z.strictObject({ file: repositoryPath, from: position, to: position }).readonly()),
  })
  .readonly();

/** What a change asks less than its base. */
export const policy = z
  .strictObject({
    where: text,
    weaker: listOf(z.strictObject({ kind: choice(["rules", "evidence", "policy"]), what: text }).readonly()),
    accepted: text.exactOptional(),
  })
  .readonly();

/** An agreed exception. */
export const waiver = z
  .strictObject({
    kpi: text,
    allow: decimal,
    text,
    reason: text,
    until: z.iso.date(),
    owner: text.exactOptional(),
  })
  .readonly();
