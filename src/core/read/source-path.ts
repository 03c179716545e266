/**
 * A path of a source file in one form: `/` between parts, no `.`, no `a/..`, no empty part. Report files write the
 * same file in several ways, and the same file must be one.
 */
export function sourcePath(path: string): string {
  if (!hasOtherForm.test(path)) return path;
  const slashed = path
    .trim()
    .replaceAll("\\", "/")
    .replace(/^file:\/\/(?=\/)/, "");
  const absolute = slashed.startsWith("/");
  const parts: string[] = [];
  for (const part of slashed.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".." || !absolute) parts.push(part);
  }
  return (absolute ? "/" : "") + parts.join("/");
}

/** Blanks at an end, another slash, a protocol, an empty part, `.` or `..`, or a slash at the end. */
const hasOtherForm = /^\s|\s$|\\|^file:|\/\/|(?:^|\/)\.{1,2}(?:\/|$)|.\/$/;
