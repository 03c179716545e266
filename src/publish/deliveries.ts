import type { Problem } from "../core/model/problem.ts";
import { plain } from "../core/report/escape.ts";
import type { PublisherName } from "./index.ts";
import type { Delivery } from "./publisher.ts";

/** What became of a report, place by place. */
export type Deliveries = readonly (Delivery & { readonly place: PublisherName })[];

const called: Readonly<Record<PublisherName, string>> = {
  comment: "comment",
  check: "check run",
  "checks-per-phase": "check runs of the phases",
};

/** One line for each place in the log: published or not, and why. */
export function deliveryLines(deliveries: Deliveries): string {
  return deliveries
    .map(({ place, arrived, why, problems }) => {
      if (arrived) return `published: ${called[place]}\n`;
      const reason = why ?? problems[0]?.message ?? "no reason is known";
      return `not published: ${called[place]} (${plain(reason)})\n`;
    })
    .join("");
}

/** The places that this run has nothing for, in words for the job summary; empty where there are none. */
export function leftOutText(deliveries: Deliveries): string {
  const left = deliveries.flatMap(({ place, why }) =>
    why === undefined ? [] : [`${called[place]} (${why})`],
  );
  return left.length === 0 ? "" : `Not published: ${left.join("; ")}`;
}

/** Problems of all places. */
export function problemsOf(deliveries: Deliveries): readonly Problem[] {
  return deliveries.flatMap(({ problems }) => problems);
}
