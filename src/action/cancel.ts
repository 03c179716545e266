const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

let closing = false;

/**
 * Closes what is open when the job is cancelled, then ends. The runner sends SIGINT, SIGTERM after 7.5 seconds and kills
 * 2.5 seconds later. https://docs.github.com/actions/reference/workflow-cancellation-reference
 */
export function onCancel(close: () => Promise<void>): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (!closing) void close().finally(() => process.exit(exitCodes[signal]));
      closing = true;
    });
  }
}

/** Lets a signal be heard that came while nothing else could happen. Whoever waits for this does nothing more after it. */
export async function unlessCancelled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (closing) await new Promise(() => {});
}
