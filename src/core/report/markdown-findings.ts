import type { Finding } from "../model/facts.ts";
import type { Report } from "../model/report.ts";
import { code, prose } from "./escape.ts";
import type { Detail } from "./markdown.ts";
import { placeText } from "./problem-text.ts";
import { grouped } from "./words.ts";
import { findingsText, worstFindings } from "./worst-findings.ts";

/** What scans and linters found, the worst of it; folded. */
export function findingsList(report: Report, detail: Detail): string {
  const { total } = report.findings;
  if (total === 0 || detail.tests === 0) return "";
  const shown = worstFindings(report, detail.tests);
  const items = shown.map(item);
  if (total > shown.length) items.push(`- ... and ${grouped(total - shown.length)} more`);
  return `<details><summary>${prose(findingsText(report))}</summary>\n\n${items.join("\n")}\n\n</details>`;
}

function item({ tool, rule, severity, message, at }: Finding): string {
  const place = at ? ` ${code(placeText(at))}` : "";
  const rating = severity === undefined ? "" : `<b>${severity}</b> `;
  return `- ${rating}${code(`${tool}: ${rule}`, 120)}${place}${message === "" ? "" : `<br>${code(message, 200)}`}`;
}
