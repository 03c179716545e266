import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testPath } from "../runner/bytes.ts";
import { hugeComment } from "./huge.ts";

/** The part of Playwright that is used here; its types come with the preview tool, which is installed apart. */
interface Page {
  setContent(html: string): Promise<void>;
  evaluate<T>(expression: string): Promise<T>;
  close(): Promise<void>;
}
interface Browser {
  newPage(options: { readonly viewport: { readonly width: number; readonly height: number } }): Promise<Page>;
  close(): Promise<void>;
}

interface Layout {
  /** Pixels by which something is wider than its place, with everything unfolded. */
  readonly overflow: number;
  /** Lower edge of what blocks. */
  readonly blocking: number;
  readonly text: string;
}

const preview = (file: string): Promise<Record<string, never>> =>
  import(testPath("..", "tools", "preview", file));

let browser: Browser;
let render: { renderHtml(markdown: string): string; page(fragment: string, options: object): string };

beforeAll(async () => {
  render = (await preview("render.mjs")) as unknown as typeof render;
  const starter = (await preview("browser.mjs")) as unknown as {
    readonly startBrowser: (chromium: unknown) => Promise<Browser>;
  };
  const { chromium } = await preview("node_modules/playwright-core/index.mjs");
  browser = await starter.startBrowser(chromium);
});

afterAll(() => browser.close());

/** Lays a comment or job summary out and measures it in the browser. */
async function layout(markdown: string, width: number, scheme: "light" | "dark" = "light") {
  const page = await browser.newPage({ viewport: { width, height: 844 } });
  await page.setContent(render.page(render.renderHtml(markdown), { scheme, width, kind: "comment" }));
  const measured = await page.evaluate<Layout>(`(() => {
    const body = document.querySelector(".markdown-body");
    const blocking = body.querySelector("h3 + *").getBoundingClientRect().bottom;
    for (const folded of body.querySelectorAll("details")) folded.open = true;
    const wide = [body, ...body.querySelectorAll("table")].map((one) => one.scrollWidth - one.clientWidth);
    return { overflow: Math.max(...wide), blocking, text: body.innerText };
  })()`);
  await page.close();
  return measured;
}

const pages = [
  ...["quickstart", "failing", "broken", "monorepo", "execution-plan"].map(
    (name) => `${name}/expected/comment.md`,
  ),
  ...["regresses", "loosens"].map((change) => `ratchet/expected/${change}.md`),
  // The job summary, with a completion report.
  "execution-plan/expected/summary.md",
].map((file) => [file, readFileSync(testPath("..", "examples", file), "utf8")] as const);

describe.each(pages)("what examples/%s shows", (_, markdown) => {
  test.each([390, 900])(
    "fits a screen %i pixels wide, with the verdict and what blocks on the first one",
    async (width) => {
      const { overflow, blocking } = await layout(markdown, width);
      expect(overflow).toBeLessThanOrEqual(1);
      expect(blocking).toBeLessThan(844);
    },
  );

  test("shows no markup of its own making", async () => {
    const { text } = await layout(markdown, 900);
    expect(text).not.toMatch(/&#?\w+;|<\/?(?:b|br|code|sub|details|summary)\b|\|---|\*\*/);
  });
});

describe("the comment on 10,000 tests, of which 3,600 fail, in 12 phases", () => {
  const markdown = hugeComment();

  test.each([
    [390, "light", 3],
    [390, "dark", 3],
    [900, "light", 1],
    [900, "dark", 1],
  ] as const)(
    "fits a screen %i pixels wide, %s, with what blocks on the first %i",
    async (width, scheme, screens) => {
      const { overflow, blocking, text } = await layout(markdown, width, scheme);
      expect(overflow).toBeLessThanOrEqual(1);
      expect(blocking).toBeLessThan(844 * screens);
      expect(text).toContain("more rules");
      expect(text).toContain("Failing tests (3,600)");
    },
  );
});
