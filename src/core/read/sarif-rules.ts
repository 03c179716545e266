import { memberObjects } from "./finding-tally.ts";
import { isObject, type Json, member, memberText } from "./text/json.ts";

/** Most parts of a hierarchical name that are cut off to find its rule. */
const maxParts = 16;

/** What a SARIF run says of one rule. */
export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly level: string | undefined;
  /** The property "security-severity", from 0 to 10. */
  readonly score: Json | undefined;
  readonly security: boolean;
  readonly messages: ReadonlyMap<string, string>;
}

/** The rules of a run, to be found by what points to them. */
export interface SarifRules {
  /** The rule that a result or an override of a rule points to; undefined for one that the run does not describe. */
  find(pointer: RulePointer): SarifRule | undefined;
  /** Whether any rule tells that it is about security. */
  readonly tellSecurity: boolean;
}

/** How SARIF points to a rule. An index counts among the rules of the component, which is the driver where none is told. */
export interface RulePointer {
  readonly id: string | undefined;
  readonly index: Json | undefined;
  readonly component: Json | undefined;
}

/** What a result says of its rule. */
export function pointerOf(result: Json): RulePointer {
  const reference = member(result, "rule");
  const index = member(result, "ruleIndex");
  return {
    id: memberText(result, "ruleId") ?? memberText(reference, "id"),
    index: isIndex(index) ? index : member(reference, "index"),
    component: member(reference, "toolComponent"),
  };
}

/** Which rule an override in a call of the tool is about. */
export function descriptorOf(override: Json): RulePointer {
  const descriptor = member(override, "descriptor");
  return {
    id: memberText(descriptor, "id"),
    index: member(descriptor, "index"),
    component: member(descriptor, "toolComponent"),
  };
}

interface Component {
  readonly rules: readonly SarifRule[];
  readonly byId: ReadonlyMap<string, SarifRule>;
}

/** The rules that the driver of a run and its extensions describe, each looked at once. */
export function rulesOf(run: Json, file: string): SarifRules {
  const tool = member(run, "tool");
  const told = [member(tool, "driver") ?? null, ...memberObjects(tool, "extensions", file)];
  const components = told.map((one) => componentOf(memberObjects(one, "rules", file).map(ruleOf)));
  const anywhere = componentOf(components.flatMap(({ rules }) => rules)).byId;
  const named = new Map(
    told.flatMap((one, i) =>
      ["guid", "name"].map((key) => [memberText(one, key) ?? "", components[i]!] as const),
    ),
  );
  return {
    tellSecurity: components.some(({ rules }) => rules.some(({ security }) => security)),
    find({ id, index, component }) {
      const from = pointed(component);
      const at = isIndex(index) ? from?.rules[index] : undefined;
      if (id === undefined) return at;
      const names = hierarchy(id);
      // Where a tool counts wrong the name does not fit, and it is the name that says which rule is meant.
      if (at && names.includes(at.id)) return at;
      const known = names.map((name) => from?.byId.get(name) ?? anywhere.get(name));
      return known.find((rule) => rule !== undefined) ?? at;
    },
  };

  function pointed(component: Json | undefined): Component | undefined {
    const index = member(component, "index");
    if (isIndex(index)) return components[index + 1];
    const keys = ["guid", "name"].flatMap((key) => memberText(component, key) ?? []);
    if (keys.length === 0) return components[0];
    return keys.map((key) => named.get(key)).find((one) => one !== undefined);
  }
}

function componentOf(rules: readonly SarifRule[]): Component {
  // Of two rules with one name the first is meant.
  return { rules, byId: new Map(rules.toReversed().map((rule) => [rule.id, rule])) };
}

function ruleOf(rule: Json): SarifRule {
  const score = member(member(rule, "properties"), "security-severity");
  const tags = list(member(member(rule, "properties"), "tags"));
  return {
    id: memberText(rule, "id") ?? "",
    name: text(rule, "shortDescription") ?? text(rule, "fullDescription") ?? "",
    level: memberText(member(rule, "defaultConfiguration"), "level"),
    score,
    security: score !== undefined || tags.some((tag) => typeof tag === "string" && /^security\b/i.test(tag)),
    messages: messagesOf(rule),
  };
}

/** A hierarchical name and what is left of it when its last parts are cut off, the longest first. */
function hierarchy(id: string): readonly string[] {
  const names = [id];
  for (let end = id.lastIndexOf("/"); end > 0 && names.length <= maxParts; end = id.lastIndexOf("/", end - 1))
    names.push(id.slice(0, end));
  return names;
}

function messagesOf(rule: Json): ReadonlyMap<string, string> {
  const strings = member(rule, "messageStrings");
  const entries = isObject(strings) ? Object.entries(strings) : [];
  return new Map(
    entries.flatMap(([id, message]) => {
      const text = memberText(message, "text");
      return text === undefined ? [] : [[id, text] as const];
    }),
  );
}

/** Index in a list of SARIF, where -1 stands for none. */
function isIndex(value: Json | undefined): value is number {
  return typeof value === "number" && value >= 0;
}

function text(rule: Json, key: string): string | undefined {
  return memberText(member(rule, key), "text");
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
