import { isObject, type Json, member, memberText } from "./text/json.ts";

/** What a SARIF run says of one rule. */
export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly level: string | undefined;
  /** The property "security-severity", from 0 to 10. */
  readonly score: Json | undefined;
  /** Undefined for a rule that the run names and does not describe. */
  readonly security: boolean | undefined;
  readonly messages: ReadonlyMap<string, string>;
}

/** The rules of a run, by what its results say of them; and whether any of them tells that it is about security. */
export function rulesOf(run: Json): { of(result: Json): SarifRule; readonly tellSecurity: boolean } {
  const tool = member(run, "tool");
  const extensions = list(member(tool, "extensions")).map((extension) => list(member(extension, "rules")));
  const driver = list(member(member(tool, "driver"), "rules"));
  const all = [driver, ...extensions].flat();
  const byId = new Map(all.map((rule) => [member(rule, "id"), rule]));
  return {
    tellSecurity: all.some(isSecurity),
    of(result) {
      const reference = member(result, "rule");
      const id = memberText(result, "ruleId") ?? memberText(reference, "id");
      const index = member(result, "ruleIndex") ?? member(reference, "index");
      const component = member(member(reference, "toolComponent"), "index");
      const from = typeof component === "number" ? (extensions[component] ?? []) : driver;
      // A rule may be told by a part of its hierarchical name.
      const named = id !== undefined ? (byId.get(id) ?? byId.get(id.replace(/\/[^/]*$/, ""))) : undefined;
      const rule = named ?? (typeof index === "number" && index >= 0 ? from[index] : undefined);
      const own = memberText(rule, "id");
      return {
        id: (id ?? own ?? "(no rule)").slice(0, 200),
        name: text(rule, "shortDescription") ?? text(rule, "fullDescription") ?? "",
        level: memberText(member(rule, "defaultConfiguration"), "level"),
        score: scoreOf(rule),
        security: rule === undefined ? undefined : isSecurity(rule),
        messages: messagesOf(rule),
      };
    },
  };
}

function scoreOf(rule: Json | undefined): Json | undefined {
  return member(member(rule, "properties"), "security-severity");
}

function isSecurity(rule: Json): boolean {
  const tags = list(member(member(rule, "properties"), "tags"));
  return (
    scoreOf(rule) !== undefined || tags.some((tag) => typeof tag === "string" && /^security\b/i.test(tag))
  );
}

function messagesOf(rule: Json | undefined): ReadonlyMap<string, string> {
  const strings = member(rule, "messageStrings");
  const entries = isObject(strings) ? Object.entries(strings) : [];
  return new Map(
    entries.flatMap(([id, message]) => {
      const text = member(message, "text");
      return typeof text === "string" ? [[id, text] as const] : [];
    }),
  );
}

function text(rule: Json | undefined, key: string): string | undefined {
  const value = member(member(rule, key), "text");
  return typeof value === "string" ? value : undefined;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
