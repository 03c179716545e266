import { type PrometheusServer, placeOfQuery, type Queried } from "./core/model/config.ts";
import type { SourceEvidence } from "./core/model/evidence.ts";
import type { BaseConfig } from "./core/model/policy.ts";
import type { Problem } from "./core/model/problem.ts";
import { readPrometheusAnswer } from "./core/read/prometheus-answer.ts";
import type { Settings } from "./gate.ts";
import { askPrometheus, type PrometheusWorld } from "./io/prometheus.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Adds to the settings what the Prometheus server of the configuration answers. */
export async function withAnswers(
  settings: Settings,
  env: Variables,
  world: PrometheusWorld = {},
): Promise<Settings> {
  const { config, baseConfig } = settings;
  const { prometheus: server, queried = [] } = config ?? {};
  if (server === undefined || queried.length === 0) return settings;
  const token = refusal(server, baseConfig) ?? tokenOf(server, env);
  if (typeof token === "object") return { ...settings, answered: unanswered(queried, [token]) };
  const answers = await askPrometheus(queried, server, token, world);
  const told = new Set<Problem>();
  const answered = queried.flatMap((asked): readonly SourceEvidence[] => {
    const answer = answers.get(asked.kpi)!;
    if ("code" in answer) {
      // That the server is silent is said once, not for each query.
      const problems = told.has(answer) ? [] : [answer];
      told.add(answer);
      return unanswered([asked], problems);
    }
    const file = readPrometheusAnswer(placeOfQuery(asked), answer, { asked, maxAge: server.maxAge });
    return [{ ...sourceOf(asked), files: [file] }];
  });
  return { ...settings, answered };
}

function sourceOf(asked: Queried): SourceEvidence {
  return { family: "metrics", glob: placeOfQuery(asked), kpi: asked.kpi, files: [], problems: [] };
}

/** Queries without an answer, and why once for all of them. */
function unanswered(queried: readonly Queried[], problems: readonly Problem[]): readonly SourceEvidence[] {
  return queried.map((asked, i) => (i === 0 ? { ...sourceOf(asked), problems } : sourceOf(asked)));
}

/** Why the server may not be asked in this run; undefined where it may. What a change names, it cannot ask yet. */
function refusal({ url, token }: PrometheusServer, base: BaseConfig | undefined): Problem | undefined {
  if (base === undefined) return undefined;
  const known = base.kind === "config" ? base.config.prometheus : undefined;
  if (known?.url === url && known.token === token) return undefined;
  const sent = token === undefined ? "" : ` with ${token}`;
  const hint =
    "So no change can lead a token or a request elsewhere. Once it is merged, queries get their answers.";
  return notAsked(
    "warning",
    `${base.where} does not ask ${url}${sent}, so this change does not either`,
    hint,
  );
}

/** The bearer token; undefined where none is to be sent. */
function tokenOf({ token: name }: PrometheusServer, env: Variables): string | undefined | Problem {
  if (name === undefined) return undefined;
  const token = env[name]?.trim() ?? "";
  const hint = `Hand it to the step: \`env: { ${name}: ... }\`.`;
  if (token === "") return notAsked("error", `the variable ${name} is not set`, hint);
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  return notAsked(
    "error",
    `the variable ${name} holds more than a token`,
    "A token is one word without blanks.",
  );
}

function notAsked(severity: Problem["severity"], message: string, hint: string): Problem {
  return { code: "prometheus-not-asked", severity, message, at: { file: "prometheus" }, hint };
}
