import type { CommentWhen } from "../../src/core/model/config.ts";
import type { Report } from "../../src/core/model/report.ts";
import { connect } from "../../src/io/github.ts";
import type { Deliveries } from "../../src/publish/deliveries.ts";
import type { PublisherName } from "../../src/publish/index.ts";
import { beginPublishing } from "../../src/publish/publish.ts";
import type { InProcess } from "../github/in-process.ts";
import type { VirtualClock } from "../runner/virtual-clock.ts";

export interface PublishOptions {
  /** Milliseconds between beginning and verdict. */
  readonly judging?: number;
  readonly places?: readonly PublisherName[];
  readonly commentWhen?: CommentWhen;
  /** The job is killed before there is a verdict. */
  readonly killed?: boolean;
}

/** Everything the action publishes of a report, as it does it. */
export async function publishTo(
  github: InProcess,
  clock: VirtualClock,
  report: Report,
  { judging = 0, places = ["comment", "check"], commentWhen = "always", killed }: PublishOptions = {},
): Promise<Deliveries> {
  const access = { apiUrl: github.url, token: "t", repository: "acme/shop" };
  const client = connect(access, { fetch: github.fetch, clock });
  const { name, title, run } = report;
  const phases = report.gate?.phases.map(({ phase }) => phase.name) ?? [];
  const to = { client, name, title, phases, commentWhen, run, without: {} };
  const publications = await beginPublishing(places, to);
  if (judging > 0) await clock.sleep(judging);
  return killed ? [] : publications.finish(report);
}
