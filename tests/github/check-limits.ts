import type { FakeAnnotation } from "./state.ts";

/** What creating and updating a check run have in common. */
export interface CheckInput {
  readonly name?: string;
  readonly details_url?: string;
  readonly external_id?: string;
  readonly status?: string;
  readonly conclusion?: string;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary: string;
    readonly text?: string;
    readonly annotations?: readonly FakeAnnotation[];
  };
}

const longestTitle = 255;
const largestMessage = 64 * 1024;

/** What the published schema says in prose only; undefined: nothing against the input. */
export function refused(input: CheckInput): string | undefined {
  const complete = input.status === "completed" || input.completed_at !== undefined;
  if (complete && input.conclusion === undefined) return `"conclusion" wasn't supplied.`;
  if (input.conclusion === "stale") return `For 'properties/conclusion', only GitHub can set "stale".`;
  return input.output?.annotations?.map(refusedAnnotation).find((reason) => reason !== undefined);
}

function refusedAnnotation(annotation: FakeAnnotation): string | undefined {
  const { title = "", message, raw_details = "", start_column, end_column } = annotation;
  if (Array.from(title).length > longestTitle)
    return `Annotation title: only ${longestTitle} characters are allowed.`;
  if (Buffer.byteLength(message) > largestMessage) return "Annotation message: only 64 KB are allowed.";
  if (Buffer.byteLength(raw_details) > largestMessage)
    return "Annotation raw_details: only 64 KB are allowed.";
  const columns = start_column !== undefined || end_column !== undefined;
  if (!columns || annotation.start_line === annotation.end_line) return undefined;
  return "Annotation columns: only with start_line and end_line equal.";
}
