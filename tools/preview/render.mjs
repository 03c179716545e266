// Markdown -> the fragment that GitHub would make of it -> a page that looks like the place it is shown in.
// No file of this tool loads anything from a network, and the page forbids it to the browser as well.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import rehypeGithubAlert from "rehype-github-alert";
import rehypeGithubEmoji from "rehype-github-emoji";
import rehypeRaw from "rehype-raw";
import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkBreaks from "remark-breaks";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { frame, frameCss } from "./frame.mjs";

/** The places of GitHub that Phase Gate writes Markdown to. */
export const kinds = ["comment", "summary", "check"];

/**
 * The sanitised HTML that GitHub would show for `markdown`; the sanitiser's default schema follows GitHub's.
 * The alerts and emoji come after the sanitiser because their classes are GitHub's own. `breaks`: a line
 * end inside a paragraph is a line break, as GitHub does it in comments and not in files.
 */
export function renderHtml(markdown, { breaks = true } = {}) {
  const pipeline = unified().use(remarkParse).use(remarkGfm);
  if (breaks) pipeline.use(remarkBreaks);
  pipeline
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize)
    .use(rehypeGithubAlert)
    .use(rehypeGithubEmoji)
    .use(rehypeStringify);
  return String(pipeline.processSync(markdown));
}

/**
 * The style sheet of github-markdown-css for one scheme. Its file asks the browser for the reader's scheme;
 * "light" and "dark" answer that question here, "auto" leaves it to the browser.
 */
function markdownCss(scheme) {
  const css = readFileSync(
    fileURLToPath(import.meta.resolve("github-markdown-css/github-markdown.css")),
    "utf8",
  );
  if (scheme === "auto") return css;
  return css
    .replaceAll("(prefers-color-scheme: dark)", scheme === "dark" ? "all" : "not all")
    .replaceAll("(prefers-color-scheme: light)", scheme === "light" ? "all" : "not all");
}

/**
 * A whole HTML document with the fragment in it. `scheme`: "light", "dark", or "auto" for the reader's own;
 * `width`: of the page at most, in CSS pixels; `kind`: "comment" of a pull request with the header of the
 * bot github-actions, "summary" of a job, or output of a "check" run; `name`: of the job or the check.
 */
export function page(fragment, { scheme = "auto", width = 900, kind = "comment", name = "Phase Gate" } = {}) {
  if (!kinds.includes(kind)) throw new Error(`kind is "${kind}", not one of ${kinds.join(", ")}`);
  if (!["auto", "light", "dark"].includes(scheme))
    throw new Error(`scheme is "${scheme}", not light or dark`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Preview: ${kind}</title>
<style>
${markdownCss(scheme)}
:root { color-scheme: ${scheme === "auto" ? "light dark" : scheme}; }
.page { max-width: ${Number(width)}px; }
${frameCss}
</style>
</head>
<body>
<div class="page">
${frame(kind, name, `<div class="markdown-body">\n${fragment}\n</div>`)}
</div>
</body>
</html>
`;
}
