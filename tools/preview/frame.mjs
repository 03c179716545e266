// What GitHub draws around the Markdown: the comment box, the box of a job summary, the head of a check run.
// Drawn after the look of github.com with its colours (Primer), not copied from it.

/** The style of the frames: colours of both schemes, and what GitHub does to Markdown in these places. */
export const frameCss = `
:root {
  --fg: light-dark(#1f2328, #f0f6fc); --muted: light-dark(#59636e, #9198a1);
  --bg: light-dark(#ffffff, #0d1117); --subtle: light-dark(#f6f8fa, #151b23);
  --border: light-dark(#d1d9e0, #3d444d);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 14px/1.5 -apple-system, BlinkMacSystemFont,
  "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif, "Apple Color Emoji", "Segoe UI Emoji"; }
.page { margin: 0 auto; padding: 16px; container-type: inline-size; }
.box { position: relative; border: 1px solid var(--border); border-radius: 6px; background: var(--bg); }
.muted { color: var(--muted); }
.label { border: 1px solid var(--border); border-radius: 2em; padding: 0 7px; font-size: 12px;
  line-height: 18px; font-weight: 500; color: var(--muted); white-space: nowrap; }
.dots { margin-left: auto; letter-spacing: 1px; font-weight: 600; color: var(--muted); }
.avatar { display: block; border-radius: 50%; flex: none; box-shadow: 0 0 0 1px var(--border); }
.row { display: flex; align-items: center; gap: 4px 8px; }

.comment { position: relative; padding-left: 56px; }
.comment > .avatar { position: absolute; left: 0; top: 0; }
.comment header { padding: 8px 8px 8px 16px; background: var(--subtle);
  border-bottom: 1px solid var(--border); border-radius: 6px 6px 0 0; }
.comment header .avatar { display: none; }
.comment .what { display: flex; flex-wrap: wrap; align-items: center; gap: 0 5px; }
.comment .box::before, .comment .box::after { content: ""; position: absolute; top: 11px; left: -8px;
  width: 8px; height: 16px; background: var(--border); clip-path: polygon(0 50%, 100% 0, 100% 100%); }
.comment .box::after { left: -7px; background: var(--subtle); }
.comment .markdown-body { padding: 16px; font-size: 14px; border-radius: 0 0 6px 6px; }
.comment .react { display: block; margin: 0 16px 16px; color: var(--muted); }

.summary header { padding: 16px 16px 0; }
.summary .markdown-body { padding: 16px; }
.summary footer { padding: 8px 16px; border-top: 1px solid var(--border); font-size: 12px; }

.check header { padding-bottom: 16px; margin-bottom: 16px; border-bottom: 1px solid var(--border); }
.check h1 { margin: 0; font-size: 20px; line-height: 1.25; font-weight: 600; }
.check .dot { width: 16px; height: 16px; border: 4px solid var(--muted); border-radius: 50%; flex: none; }
.check .markdown-body { font-size: 14px; }

.markdown-body .task-list-item input { margin: 0 .2em .25em -1.4em; vertical-align: middle; }
.markdown-body .sr-only { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; border: 0;
  overflow: hidden; clip-path: inset(50%); }

@container (max-width: 700px) {
  .comment { padding-left: 0; }
  .comment > .avatar, .comment .box::before, .comment .box::after { display: none; }
  .comment header .avatar { display: block; }
}
`;

/** The round picture of the bot, drawn by hand: two jobs of a workflow, the second one running. */
function avatar(size) {
  return `<svg class="avatar" width="${size}" height="${size}" viewBox="0 0 40 40" aria-hidden="true">
<rect width="40" height="40" fill="#24292f"/>
<circle cx="14" cy="12" r="4.5" fill="none" stroke="#79c0ff" stroke-width="2.5"/>
<path d="M14 16.5V22q0 5 5 5h2" fill="none" stroke="#79c0ff" stroke-width="2.5"/>
<circle cx="27" cy="27" r="6" fill="#2088ff"/><path d="M25.2 24v6l4.6-3z" fill="#fff"/>
</svg>`;
}

/** The button for a reaction under a comment. */
const react = `<svg class="react" width="26" height="26" viewBox="0 0 26 26" aria-hidden="true" fill="none">
<circle cx="13" cy="13" r="12.5" stroke="var(--border)" fill="var(--subtle)"/>
<circle cx="13" cy="13" r="6.5" stroke="currentColor" stroke-width="1.3"/>
<path d="M10 15q3 3 6 0M10.8 11v.7M15.2 11v.7" stroke="currentColor" stroke-width="1.3"/>
</svg>`;

/** `text` made safe for HTML. */
function escapeHtml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** The HTML of one frame (see kinds in render.mjs) around `body`; `name` is of the job or the check run. */
export function frame(kind, name, body) {
  const title = escapeHtml(name);
  if (kind === "summary") {
    return `<section class="box summary">
<header class="row"><span><strong>${title}</strong> <span class="muted">summary</span></span>
<span class="dots">···</span></header>
${body}
<footer class="muted">Job summary generated at run-time</footer>
</section>`;
  }
  if (kind === "check") {
    return `<section class="check">
<header><div class="row"><span class="dot"></span><h1>${title}</h1></div>
<div class="muted">completed 1 minute ago in 12s</div></header>
${body}
</section>`;
  }
  return `<section class="comment">
${avatar(40)}
<article class="box">
<header class="row">${avatar(24)}
<span class="what"><strong>github-actions</strong> <span class="label">bot</span>
<span class="muted">commented 1 minute ago</span></span>
<span class="dots">···</span></header>
${body}
${react}
</article>
</section>`;
}
