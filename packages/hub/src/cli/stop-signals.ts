/** Signals that end the hub cleanly (DESIGN §10). A second one ends it at once. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Exit code of a process that a signal ended at once. */
const FORCED_EXIT = 130;

export interface StopRequest {
  /** Resolves when the program is told to stop. */
  readonly promise: Promise<void>;
  /** Tells it so from within. */
  readonly now: () => void;
}

/** Waits for a signal, for the reader of standard output to go away, or for a call. */
export function untilToldToStop(): StopRequest {
  let now = (): void => {};
  const promise = new Promise<void>((resolve) => {
    now = resolve;
  });
  let isStopping = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (isStopping) process.exit(FORCED_EXIT);
      isStopping = true;
      now();
    });
  }
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") now();
  });
  return { promise, now: () => now() };
}
