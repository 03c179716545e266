import type { CommentWhen } from "../../src/core/model/config.ts";
import type { Report } from "../../src/core/model/report.ts";
import type { Run } from "../../src/core/model/run.ts";
import { connect } from "../../src/io/github.ts";
import type { Deliveries } from "../../src/publish/deliveries.ts";
import type { PublisherName } from "../../src/publish/index.ts";
import { beginPublishing } from "../../src/publish/publish.ts";
import type { Ending } from "../../src/publish/publisher.ts";
import type { InProcess } from "../github/in-process.ts";
import type { VirtualClock } from "../runner/virtual-clock.ts";

export interface PublishOptions {
  /** Milliseconds between beginning and verdict. */
  readonly judging?: number;
  readonly places?: readonly PublisherName[];
  readonly commentWhen?: CommentWhen;
  /** The run that publishes; left out: the one that the report speaks of. */
  readonly run?: Run;
  /** The run ends before there is a verdict: it is killed, or closes what it has begun. */
  readonly ends?: "killed" | Ending;
}

/** Everything the action publishes of a report, as it does it. */
export async function publishTo(
  github: InProcess,
  clock: VirtualClock,
  report: Report,
  {
    judging = 0,
    places = ["comment", "check"],
    commentWhen = "always",
    ends,
    run = report.run,
  }: PublishOptions = {},
): Promise<Deliveries> {
  const access = { apiUrl: github.url, token: "t", repository: "acme/shop" };
  const client = connect(access, { fetch: github.fetch, clock });
  const { name, title } = report;
  const phases = report.gate?.phases.map(({ phase }) => phase.name) ?? [];
  const to = { client, name, title, phases, commentWhen, run, without: {} };
  const publications = await beginPublishing(places, to);
  if (judging > 0) await clock.sleep(judging);
  if (ends === undefined) return publications.finish(report);
  if (ends !== "killed") await publications.close(client, ends);
  return [];
}
