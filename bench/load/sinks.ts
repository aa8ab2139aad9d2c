/** A process of sockets that listen. */
import { serve } from "../run/child.ts";
import { type SinkKind, SinkSocket } from "./sink-socket.ts";

export interface SinkPlan {
  readonly port: number;
  readonly count: number;
  readonly kind: SinkKind;
}

export type Sinks = {
  /** Opens sockets of one kind; resolves when all are ready. */
  open: (plan: SinkPlan) => Promise<void>;
  /** From now on the sockets to this port wait for so many bytes each; {@link Sinks.arrived} tells when. */
  expect: (wanted: { readonly port: number; readonly bytes: number }) => void;
  /** When the bytes expected had come to each socket, in milliseconds of the clock of all processes. */
  arrived: (port: number) => Promise<Float64Array>;
  /** How many of the sockets to this port are still open. */
  isOpen: (port: number) => number;
  /** A sign of life of each socket, as an answer to a ping is. */
  pong: (port: number) => void;
  /** Closes the sockets to a port, or all. */
  close: (port: number | null) => void;
};

/** So many connections are under way at once: the server's backlog holds them. */
const AT_ONCE = 128;
const PATIENCE_MS = 60_000;

const sockets = new Map<number, SinkSocket[]>();
const waits = new Map<number, Promise<void>>();

serve({
  open: async ({ port, count, kind }) => {
    const opened = sockets.get(port) ?? [];
    sockets.set(port, opened);
    const until = opened.length + count;
    while (opened.length < until) {
      const length = Math.min(AT_ONCE, until - opened.length);
      // Without a source address of its own a socket shares its port with those to other servers, of which 28,000 fit.
      const batch = Array.from({ length }, () => new SinkSocket(port, kind));
      opened.push(...batch);
      await Promise.all(batch.map(({ ready }) => ready));
    }
  },
  expect: ({ port, bytes }) => {
    const all = of(port);
    waits.set(
      port,
      new Promise((resolve, reject) => {
        let missing = all.length;
        const giveUp = setTimeout(() => reject(new Error(`${missing} sockets still wait`)), PATIENCE_MS);
        for (const socket of all) {
          socket.await(bytes, () => {
            missing -= 1;
            if (missing > 0) return;
            clearTimeout(giveUp);
            resolve();
          });
        }
      }),
    );
  },
  arrived: async (port) => {
    await waits.get(port);
    return Float64Array.from(of(port), ({ reachedMs }) => reachedMs);
  },
  isOpen: (port) => of(port).filter(({ isOpen }) => isOpen).length,
  pong: (port) => {
    for (const socket of of(port)) socket.pong();
  },
  close: (port) => {
    for (const one of port === null ? [...sockets.keys()] : [port]) {
      for (const socket of of(one)) socket.close();
      sockets.delete(one);
    }
  },
} satisfies Sinks);

function of(port: number): readonly SinkSocket[] {
  const found = sockets.get(port);
  if (found === undefined) throw new Error(`no sockets to port ${port}`);
  return found;
}
