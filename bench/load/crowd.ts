/** Sockets spread over two processes, each of which may have as many files open as the server. */
import { type Child, startChild } from "../run/child.ts";
import type { SinkPlan, Sinks } from "./sinks.ts";

const PROCESSES = 2;

export class Crowd {
  readonly #children: readonly Child<Sinks>[];

  constructor() {
    this.#children = Array.from({ length: PROCESSES }, () => startChild<Sinks>(new URL("sinks.ts", import.meta.url)));
  }

  async open({ count, ...plan }: SinkPlan): Promise<void> {
    const share = (i: number) => Math.floor((count + i) / PROCESSES);
    await Promise.all(this.#children.map((child, i) => child.call("open", { ...plan, count: share(i) })));
  }

  async expect(port: number, bytes: number): Promise<void> {
    await this.#all((child) => child.call("expect", { port, bytes }));
  }

  /** When the bytes expected had come to each socket, in milliseconds of the clock of all processes. */
  async arrived(port: number): Promise<number[]> {
    const parts = await this.#all((child) => child.call("arrived", port));
    return parts.flatMap((part) => [...part]);
  }

  async openSockets(port: number): Promise<number> {
    const counts = await this.#all((child) => child.call("isOpen", port));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async pong(port: number): Promise<void> {
    await this.#all((child) => child.call("pong", port));
  }

  async close(port: number): Promise<void> {
    await this.#all((child) => child.call("close", port));
  }

  async stop(): Promise<void> {
    // One that has failed has no sockets any more.
    await this.#all((child) => child.call("close", null).catch(() => {}));
    await this.#all((child) => child.stop());
  }

  #all<T>(ask: (child: Child<Sinks>) => Promise<T>): Promise<T[]> {
    return Promise.all(this.#children.map(ask));
  }
}
