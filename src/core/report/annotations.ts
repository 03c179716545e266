import type { Annotation } from "../model/clients.ts";
import type { FailingTest } from "../model/facts.ts";
import type { Report } from "../model/report.ts";
import { cut, lines, plain } from "./escape.ts";
import { testName } from "./test-name.ts";
import { grouped, plural } from "./words.ts";

/** Most annotations of one report; the check run says how many tests there are beyond. */
export const maxAnnotations = 500;

/** Most characters of title and message that the platform takes. https://docs.github.com/rest/checks/runs */
const maxTitle = 255;
const maxMessage = 8_000;

/** Annotations for failing tests whose place in the repository is known. */
export function annotationsOf({ tests }: Report): readonly Annotation[] {
  return (tests?.failing ?? []).flatMap(annotation).slice(0, maxAnnotations);
}

/** Says how many failing tests stand beside the code, where they are more than fit there; empty where they are not. */
export function annotationCount(report: Report): string {
  const shown = annotationsOf(report).length;
  const { failed, errored } = report.tests?.counts ?? { failed: 0, errored: 0 };
  if (shown < maxAnnotations) return "";
  return `${grouped(shown)} of ${plural(failed + errored, "failing test")} stand beside the code.`;
}

function annotation(test: FailingTest): readonly Annotation[] {
  const { source } = test;
  if (source?.line === undefined || source.line < 1) return [];
  const message = [test.message, test.details].filter((part) => part !== "").join("\n\n") || test.how;
  return [
    {
      path: source.file,
      line: source.line,
      title: cut(plain(testName(test)), maxTitle),
      message: cut(lines(message), maxMessage),
    },
  ];
}
