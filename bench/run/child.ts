/** Processes of the bench: each runs one file, takes commands one at a time, and ends with the bench at the latest. */
import { type ChildProcess, fork } from "node:child_process";

/** What a child can be asked for. */
// biome-ignore lint/suspicious/noExplicitAny: whatever a command takes and answers; both sides name the same type.
export type Commands = Readonly<Record<string, (argument: any) => unknown>>;

export interface Child<C extends Commands> {
  readonly pid: number;
  readonly call: <K extends keyof C & string>(
    command: K,
    argument: Parameters<C[K]>[0],
  ) => Promise<Awaited<ReturnType<C[K]>>>;
  readonly stop: () => Promise<void>;
}

interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly failure?: string;
}

/** A child that is asked for nothing for so long ends itself, whatever became of the bench. */
const IDLE_MS = 30 * 60_000;

/** No command takes as long; what waits for more has gone wrong. */
const PATIENCE_MS = 5 * 60_000;

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts a file that calls {@link serve}. `nodeOptions`: flags of Node itself. */
export function startChild<C extends Commands>(file: URL, nodeOptions: readonly string[] = []): Child<C> {
  const child = fork(file, { execArgv: [...nodeOptions], serialization: "advanced" });
  running.add(child);
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  const ended = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      running.delete(child);
      for (const { reject } of waiting.values()) reject(new Error(`a child has ended: ${signal ?? `exit ${code}`}`));
      resolve();
    });
  });
  child.on("message", ({ id, value, failure }: Reply) => {
    const caller = waiting.get(id);
    waiting.delete(id);
    if (failure === undefined) caller?.resolve(value as never);
    else caller?.reject(new Error(failure));
  });
  let calls = 0;
  return {
    pid: child.pid ?? 0,
    call: (command, argument) =>
      new Promise((resolve, reject) => {
        const id = ++calls;
        const giveUp = setTimeout(() => reject(new Error(`${command} takes too long`)), PATIENCE_MS);
        const settle = <V>(then: (value: V) => void) => {
          return (value: V) => {
            clearTimeout(giveUp);
            then(value);
          };
        };
        waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
        if (child.connected) child.send({ id, command, argument });
        else reject(new Error("the child has ended"));
      }),
    stop: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** The child's side. */
export function serve(commands: Commands): void {
  const idle = setTimeout(() => process.exit(3), IDLE_MS).unref();
  process.once("disconnect", () => process.exit());
  process.on("message", ({ id, command, argument }: { id: number; command: string; argument: unknown }) => {
    idle.refresh();
    const answer = async (): Promise<unknown> => commands[command]?.(argument);
    answer().then(
      (value) => process.send?.({ id, value }),
      (error) => process.send?.({ id, failure: error instanceof Error ? (error.stack ?? error.message) : `${error}` }),
    );
  });
}
