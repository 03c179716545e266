import type { Report } from "../../src/core/model/report.ts";
import { connect } from "../../src/io/github.ts";
import type { Deliveries } from "../../src/publish/deliveries.ts";
import type { PublisherName } from "../../src/publish/index.ts";
import { beginPublishing } from "../../src/publish/publish.ts";
import type { InProcess } from "../github/in-process.ts";
import type { VirtualClock } from "../runner/virtual-clock.ts";

/** Everything the action publishes of a report, as it does it. `judging`: milliseconds between beginning and verdict. */
export async function publishTo(
  github: InProcess,
  clock: VirtualClock,
  report: Report,
  {
    judging = 0,
    places = ["comment", "check"],
  }: { judging?: number; places?: readonly PublisherName[] } = {},
): Promise<Deliveries> {
  const client = connect(
    { apiUrl: github.url, token: "t", repository: "acme/shop" },
    { fetch: github.fetch, clock },
  );
  const { name, title, run } = report;
  const publications = await beginPublishing(places, { client, name, title, run, without: {} });
  if (judging > 0) await clock.sleep(judging);
  return publications.finish(report);
}
