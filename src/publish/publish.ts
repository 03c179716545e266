import type { PublishingClient } from "../core/model/clients.ts";
import type { Report } from "../core/model/report.ts";
import type { Deliveries } from "./deliveries.ts";
import { type PublisherName, publishers } from "./index.ts";
import type { Destination, Ending, Publication } from "./publisher.ts";

/** All places that a report goes to, made ready before the verdict. */
export interface Publications {
  readonly finish: (report: Report) => Promise<Deliveries>;
  close(client: PublishingClient, why: Ending): Promise<void>;
}

/** Makes the places ready, one after the other as GitHub asks. */
export async function beginPublishing(
  places: readonly PublisherName[],
  to: Destination,
): Promise<Publications> {
  const begun: (readonly [PublisherName, Publication])[] = [];
  for (const place of places) begun.push([place, await publishers[place](to)]);
  return {
    async finish(report) {
      const seen = begun.map(([, publication]) => publication.others);
      const others = seen.find((one) => one === "some") ?? seen.find((one) => one === "none") ?? "unknown";
      const deliveries = [];
      for (const [place, publication] of begun)
        deliveries.push({ place, ...(await publication.finish(report, others)) });
      return deliveries;
    },
    async close(client, why) {
      await Promise.allSettled(begun.map(([, publication]) => publication.close(client, why)));
    },
  };
}
