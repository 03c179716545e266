import type { Config } from "../model/config.ts";
import { compare, ofDecimal } from "../model/exact.ts";
import type { Waiver } from "../model/gate.ts";
import type { Weakening } from "../model/policy.ts";

/** How the waivers of `head` allow more. Waivers are told by their KPIs; who agreed and why is no part of the order. */
export function weakerWaivers(base: Config["waivers"], head: Config["waivers"]): readonly Weakening[] {
  return head.flatMap((now) => {
    const before = waiverOf(now.kpi, base);
    const ways = before === undefined ? [`${now.text} until ${now.until} is new`] : weakerWaiver(before, now);
    return ways.map((way): Weakening => ({ kind: "rules", what: `waivers: ${now.kpi}: ${way}` }));
  });
}

function weakerWaiver(base: Waiver, head: Waiver): readonly string[] {
  return [
    ...(allowsMore(head, base) ? [`${base.text} is now ${head.text}`] : []),
    ...(head.until > base.until ? [`until: ${base.until} is now ${head.until}`] : []),
  ];
}

/** Only what both waive, as far and as long as both do. */
export function stricterWaivers(base: Config["waivers"], head: Config["waivers"]): Config["waivers"] {
  return head.flatMap((now): readonly Waiver[] => {
    const before = waiverOf(now.kpi, base);
    if (before === undefined) return [];
    const { allow, text } = allowsMore(now, before) ? before : now;
    return [{ ...now, allow, text, until: now.until < before.until ? now.until : before.until }];
  });
}

function waiverOf(kpi: string, waivers: readonly Waiver[]): Waiver | undefined {
  return waivers.find((waiver) => waiver.kpi === kpi);
}

function allowsMore(a: Waiver, b: Waiver): boolean {
  return compare(ofDecimal(a.allow), ofDecimal(b.allow)) > 0;
}
