import type { GateResult, Waiver } from "../model/gate.ts";
import type { Problem } from "../model/problem.ts";

/** The waivers that count on the day of a run, by KPI; and a problem for each that is past its last day. */
export function waiversOn(
  waivers: readonly Waiver[],
  at: string,
): { readonly valid: ReadonlyMap<string, Waiver>; readonly problems: readonly Problem[] } {
  const today = at.slice(0, 10);
  const valid = waivers.filter(({ until }) => until >= today);
  return {
    valid: new Map(valid.map((waiver) => [waiver.kpi, waiver])),
    problems: waivers.filter(({ until }) => until < today).map(expired),
  };
}

/** The waivers with that of a rule about several folders for each of them, unless one has its own. */
export function waiversByScope(
  waivers: ReadonlyMap<string, Waiver>,
  scopes: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, Waiver> {
  const spread = [...waivers].flatMap(([kpi, waiver]) =>
    (scopes.get(kpi) ?? []).map((one): [string, Waiver] => [one, waiver]),
  );
  return new Map([...spread, ...waivers]);
}

/** A note for each waiver that no rule needs; what could not be judged may need it. */
export function unusedWaivers(gate: GateResult, valid: ReadonlyMap<string, Waiver>): readonly Problem[] {
  const rules = gate.phases.flatMap((phase) => phase.rules);
  const used = new Set(
    rules.flatMap(({ waiver, verdict, rule }) =>
      verdict === "missing" || verdict === "incomparable" ? rule.kpi : (waiver?.kpi ?? []),
    ),
  );
  return [...valid.values()]
    .filter(({ kpi }) => !used.has(kpi))
    .map(({ kpi, text }) => ({
      code: "waiver-unused",
      severity: "note",
      message: `the waiver of ${text} for ${kpi} is not needed`,
      hint: "Take it out, so that the limit counts again.",
    }));
}

function expired({ kpi, text, until, reason, owner }: Waiver): Problem {
  const whose = owner === undefined ? "" : ` of ${owner}`;
  return {
    code: "waiver-expired",
    severity: "error",
    message: `the waiver${whose} of ${text} for ${kpi} ended on ${until}: ${reason}`,
    hint: "Repair what it was for and take it out, or agree on a new day.",
  };
}
