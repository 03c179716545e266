import { checkForm, type FactsDocument, factsVersion, kindsOf } from "../facts-file/document.ts";
import { type Refuse, unpackFacts } from "../facts-file/unpack.ts";
import type { Collected, ReadFile, SourceEvidence } from "../model/evidence.ts";
import { isError, type Place, type Problem, refuse } from "../model/problem.ts";
import type { Reader } from "./reader.ts";
import { member, readJson } from "./text/json.ts";

type PackedSource = FactsDocument["sources"][number];

/** The facts of one runner, as `phase-gate collect` writes them. Serves every family. */
export const facts: Reader = {
  label: "Phase Gate facts",
  families: ["facts"],
  writtenBy: "phase-gate collect",
  claims: ({ text }) => /^\s*\{\s*"phase-gate-facts"\s*:/.test(text),
  read(source, file) {
    const document = readJson(source, file);
    const version = member(document, "phase-gate-facts");
    if (version !== factsVersion) {
      refuse({
        code: "facts-version",
        message: `is a facts file of version ${JSON.stringify(version)?.slice(0, 20)}, and version ${factsVersion} is read`,
        at: { file },
        hint: "Run the same version of Phase Gate in all jobs.",
      });
    }
    const wrong: Refuse = (why) =>
      refuse({
        code: "facts-invalid",
        message: `does not hold together: ${why.slice(0, 300)}`,
        at: { file },
        hint: "Let `phase-gate collect` write the file again, and do not edit it.",
      });
    const parsed = checkForm(document);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const what = (issue?.message ?? "").replace(/^Invalid input: /, "").replace("undefined", "nothing");
      wrong(`at ${issue?.path.join(".") || "the top"}: ${what}`);
    }
    const { id, written, run, groups, retries, sources } = parsed.data;
    const collected: Collected = {
      id,
      written,
      groups: new Map(groups),
      retries,
      sources: sources.map((packed) => unpackSource(packed, file, wrong)),
      ...(run === undefined ? {} : { run }),
    };
    const problems = sources.every(({ files }) => files.length === 0) ? [nothing(file)] : [];
    return { facts: { kind: "facts", collected }, problems };
  },
};

function unpackSource(packed: PackedSource, file: string, wrong: Refuse): SourceEvidence {
  const { family, glob, group, kpi, problems, files, also, united } = packed;
  const unpack = (packed: NonNullable<typeof united>) =>
    kindsOf[family].includes(packed.kind)
      ? unpackFacts(packed, file, wrong)
      : wrong(`facts of the kind ${packed.kind} stand under ${family}`);
  const read = files.map((entry): ReadFile => {
    const problems = elsewhere(entry.problems, file);
    if (!entry.facts && !united && !problems.some(isError))
      wrong(`${entry.path} has neither facts nor a problem`);
    const { path, format } = entry;
    return {
      path: at(path, file),
      format,
      problems,
      ...(entry.facts ? { facts: unpack(entry.facts) } : {}),
    };
  });
  const whole: readonly ReadFile[] = united
    ? [{ path: file, format: "facts", problems: [], facts: unpack(united) }]
    : [];
  return {
    family,
    glob,
    ...(group === undefined ? {} : { group }),
    ...(kpi === undefined ? {} : { kpi }),
    files: [...whole, ...read],
    problems: elsewhere(problems, file),
    ...(also ? { also } : {}),
  };
}

/** A file of another runner, as users see it. */
function at(path: string, factsFile: string): string {
  return `${path} in ${factsFile}`;
}

function elsewhere(problems: PackedSource["problems"], factsFile: string): readonly Problem[] {
  return ((problems ?? []) as readonly Problem[]).map((problem) => {
    const place: Place = { ...problem.at, file: problem.at ? at(problem.at.file, factsFile) : factsFile };
    return { ...problem, at: place };
  });
}

function nothing(file: string): Problem {
  return {
    code: "no-files",
    severity: "error",
    message: "holds no report file: none was found where it was collected",
    at: { file },
    hint: "Did the tests run before `phase-gate collect`, and do its globs name their report files?",
  };
}
