import { refuse } from "../../core/model/problem.ts";

/** Refuses an archive that is cut off or contradicts itself. */
export function damaged(shown: string, why: string): never {
  refuse({
    code: "archive-damaged",
    message: `the archive is damaged or cut off: ${why}`,
    at: { file: shown },
    hint: "Run the job that uploads it again.",
  });
}

/** Refuses an archive that holds what no job uploads by accident. */
export function unsafe(shown: string, why: string): never {
  refuse({
    code: "archive-unsafe",
    message: `the archive ${why}`,
    at: { file: shown },
    hint: "Look at what the job uploads: only plain files with their own names are read.",
  });
}

/** Refuses an archive that would cost too much to unpack. */
export function tooLarge(shown: string, why: string): never {
  refuse({
    code: "limit-archive",
    message: `the archive is too large: ${why}`,
    at: { file: shown },
    hint: "Upload the report files alone.",
  });
}
