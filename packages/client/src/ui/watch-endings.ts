/** Every way in which a screen can end by itself; each of them leads to one exit code. */

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const BROKEN = 1;

export interface Endings {
  /** Resolves with the exit code once the screen is to end. */
  readonly left: Promise<number>;
  readonly leave: (code: number) => void;
  /** Something of ours broke. */
  readonly fail: (error: unknown) => void;
  /** What broke, in one line. */
  readonly failure: string | undefined;
  readonly stopWatching: () => void;
}

/** Watches for signals, errors that nobody caught, and a terminal that is gone. */
export function watchEndings(stdout: NodeJS.WriteStream): Endings {
  const { promise: left, resolve: leave } = Promise.withResolvers<number>();
  let failure: string | undefined;
  const fail = (error: unknown): void => {
    failure ??= messageOf(error);
    leave(BROKEN);
  };
  const onSignals = Object.entries(SIGNALS).map(([signal, code]) => ({ signal, listener: () => leave(code) }));
  for (const { signal, listener } of onSignals) process.on(signal, listener);
  // Whoever else would end the program at once waits: the terminal comes first.
  const others = process.listeners("uncaughtException");
  for (const other of others) process.off("uncaughtException", other);
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  // The terminal is gone (its pane was closed): nothing more can be shown. Nobody would hear of later errors either.
  stdout.on("error", () => leave(SIGNALS.SIGHUP));
  return {
    left,
    leave,
    fail,
    get failure() {
      return failure;
    },
    stopWatching: () => {
      for (const { signal, listener } of onSignals) process.off(signal, listener);
      process.off("uncaughtException", fail);
      process.off("unhandledRejection", fail);
      for (const other of others) process.on("uncaughtException", other);
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
