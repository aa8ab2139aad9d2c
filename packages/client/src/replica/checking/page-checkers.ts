import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Network } from "pos-shared/chain/network.ts";
import type { PageJob } from "./page-check.ts";

/** Threads that check pages of one network's blocks. */
export interface PageCheckers {
  /** So many work at once. */
  readonly size: number;
  /** Whether all of a page is right. False also where that could not be found out: then look yourself. */
  readonly check: (job: PageJob) => Promise<boolean>;
  /** Ends the threads; what is still asked is answered with false. */
  readonly close: () => void;
}

/** A thread's entry lies beside this file in the sources, and beside all others in the bundle. */
const ENTRY = import.meta.url.endsWith(".ts") ? "./check-worker.ts" : "./check-worker.js";

interface Asked {
  readonly job: PageJob;
  readonly resolve: (isRight: boolean) => void;
}

/** One core stays free for the screen, and the others of a large machine for other people. */
const MAX_BACKGROUND_THREADS = 2;

/** How many threads a client uses beside its screen. */
export function backgroundThreads(): number {
  return Math.max(1, Math.min(MAX_BACKGROUND_THREADS, availableParallelism() - 1));
}

/** Starts so many threads. One keeps the program alive while it is asked for something, and only then. */
export function openPageCheckers({ genesis }: Network, size: number): PageCheckers {
  const queue: Asked[] = [];
  const idle: Worker[] = [];
  const asked = new Map<Worker, Asked>();
  const workers = Array.from({ length: size }, () => {
    const worker = new Worker(new URL(ENTRY, import.meta.url), { workerData: { genesis } });
    worker.unref();
    // A thread that has come up counts again, whatever was said before.
    worker.on("online", () => {
      if (!asked.has(worker)) worker.unref();
    });
    worker.on("message", (isRight: boolean) => settle(worker, isRight));
    worker.on("error", () => retire(worker));
    worker.on("exit", () => retire(worker));
    idle.push(worker);
    return worker;
  });
  let living = size;

  function next(): void {
    if (living === 0) for (const { resolve } of queue.splice(0)) resolve(false);
    while (idle.length > 0 && queue.length > 0) {
      const [worker, one] = [idle.pop(), queue.shift()];
      if (worker === undefined || one === undefined) return;
      asked.set(worker, one);
      worker.ref();
      worker.postMessage(one.job);
    }
  }

  function settle(worker: Worker, isRight: boolean): void {
    asked.get(worker)?.resolve(isRight);
    asked.delete(worker);
    worker.unref();
    idle.push(worker);
    next();
  }

  /** A thread that broke down says nothing about the page. */
  function retire(worker: Worker): void {
    const at = workers.indexOf(worker);
    if (at === -1) return;
    workers.splice(at, 1);
    const place = idle.indexOf(worker);
    if (place !== -1) idle.splice(place, 1);
    living -= 1;
    asked.get(worker)?.resolve(false);
    asked.delete(worker);
    next();
  }

  return {
    size,
    check: (job) =>
      new Promise((resolve) => {
        queue.push({ job, resolve });
        next();
      }),
    close: () => {
      for (const worker of [...workers]) {
        retire(worker);
        void worker.terminate();
      }
    },
  };
}
