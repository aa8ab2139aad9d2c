/** Validators spread over two processes. */
import { type Child, startChild } from "../run/child.ts";
import type { Arrivals, Prepared, Proposed, ValidatorPlan, Validators } from "./validators.ts";

const PROCESSES = 2;

export class Electorate {
  readonly #children: readonly Child<Validators>[];

  constructor(processes = PROCESSES) {
    const file = new URL("validators.ts", import.meta.url);
    this.#children = Array.from({ length: processes }, () => startChild<Validators>(file));
  }

  /** Connects, logs in and subscribes all of them; who is not in genesis joins and bonds. The chain's id. */
  async open({ from, count, ...plan }: ValidatorPlan): Promise<string> {
    const starts = this.#children.map((_, i) => Math.floor((count * i) / this.#children.length));
    const [chainId] = await Promise.all(
      this.#children.map((child, i) => {
        const start = starts[i] ?? 0;
        return child.call("open", { ...plan, from: from + start, count: (starts[i + 1] ?? count) - start });
      }),
    );
    return chainId ?? "";
  }

  async prepare(): Promise<Prepared> {
    const [first, ...others] = await this.#all((child) => child.call("prepare", null));
    if (first === undefined || others.some(({ round }) => round !== first.round)) {
      throw new Error("the round was over before everybody had signed for it: it is too short for this machine");
    }
    return first;
  }

  /** As many sockets with a server that takes the same frames. */
  async openBeside(port: number): Promise<void> {
    await this.#all((child) => child.call("openBeside", port));
  }

  propose(): Promise<Proposed> {
    return this.#proposed((child) => child.call("propose", null));
  }

  /** The same frames again, to the server beside the hub. */
  proposeBeside(): Promise<Proposed> {
    return this.#proposed((child) => child.call("proposeBeside", null));
  }

  /** Call it before the round closes. */
  async block(): Promise<Omit<Arrivals, "blockMs"> & { readonly blockMs: readonly number[] }> {
    const parts = await this.#all((child) => child.call("block", null));
    const sum = (of: (part: Arrivals) => number) => parts.reduce((all, part) => all + of(part), 0);
    return {
      blockMs: parts.flatMap(({ blockMs }) => [...blockMs]),
      open: sum(({ open }) => open),
      blockBytes: Math.max(...parts.map(({ blockBytes }) => blockBytes)),
      bytesRead: sum(({ bytesRead }) => bytesRead),
      bytesWritten: sum(({ bytesWritten }) => bytesWritten),
    };
  }

  async stop(): Promise<void> {
    // One that has failed has no sockets any more.
    await this.#all((child) => child.call("close", null).catch(() => {}));
    await this.#all((child) => child.stop());
  }

  async #proposed(ask: (child: Child<Validators>) => Promise<Proposed>): Promise<Proposed> {
    const parts = await this.#all(ask);
    return {
      accepted: parts.reduce((sum, { accepted }) => sum + accepted, 0),
      startedMs: Math.min(...parts.map(({ startedMs }) => startedMs)),
      endedMs: Math.max(...parts.map(({ endedMs }) => endedMs)),
    };
  }

  #all<T>(ask: (child: Child<Validators>) => Promise<T>): Promise<T[]> {
    return Promise.all(this.#children.map(ask));
  }
}
