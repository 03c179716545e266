/** What JMeter says of the samples in a transaction. */
export interface Announced {
  /** Also steps that are no samples, such as pauses: only whether there was one can be relied on. */
  readonly samples: number;
  readonly failed: number;
}

/**
 * Samples that were seen, as far as it takes to tell whether those of a transaction are among them. They are where its
 * controller adds a sample of its own, which then repeats their times, and are not where that is the parent of them.
 * https://jmeter.apache.org/usermanual/component_reference.html#Transaction_Controller
 */
export interface SeenSamples {
  /** A sample that is no transaction; one without a thread or a beginning proves nothing. */
  see(thread: string | undefined, began: number | undefined, failed: boolean): void;
  /** Whether samples of a thread that began no earlier than a transaction of it explain what that announces. */
  explain(thread: string | undefined, began: number | undefined, announced: Announced): boolean;
}

interface Thread {
  lastBegan: number;
  /** When its failed samples began, the latest last; a thread makes one after the other. */
  failed: number[];
}

/** Most failed samples of a thread that are remembered; a transaction with more failures than that needs no more. */
const maxFailed = 1_000;

export function createSeenSamples(): SeenSamples {
  const threads = new Map<string, Thread>();
  return {
    see(name, began, failed) {
      if (!name || began === undefined) return;
      const thread = threads.get(name) ?? { lastBegan: began, failed: [] };
      threads.set(name, thread);
      thread.lastBegan = Math.max(thread.lastBegan, began);
      if (!failed) return;
      thread.failed.push(began);
      if (thread.failed.length > 2 * maxFailed) thread.failed.splice(0, maxFailed);
    },
    explain(name, began, announced) {
      if (announced.samples === 0 && announced.failed === 0) return true;
      const thread = threads.get(name ?? "");
      if (!thread || began === undefined || thread.lastBegan < began) return false;
      const wanted = Math.min(announced.failed, maxFailed);
      return wanted === 0 || (thread.failed.at(-wanted) ?? Number.NEGATIVE_INFINITY) >= began;
    },
  };
}

/** What a response message announces; undefined where it is not that of a transaction. */
export function announcedBy(message: string | undefined): Announced | undefined {
  if (!message?.startsWith("Number of samples in ")) return undefined;
  const found = /^Number of samples in transaction ?: ?(\d+), number of failing samples ?: ?(\d+)$/.exec(
    message,
  );
  return found ? { samples: Number(found[1]), failed: Number(found[2]) } : undefined;
}
