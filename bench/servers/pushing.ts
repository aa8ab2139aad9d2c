/** What a server of the fan-out rows can be told. The same for ours, the bare sockets and the naive one. */
export type Pushing = {
  /** Starts to listen; the port. `frames`: what ours sends, byte for byte, for the others to send. */
  open: (given: Frames | null) => Promise<Opened>;
  /**
   * Sends so many messages in one tick to all sockets, and counts CPU from here. When it began, in milliseconds of the
   * clock of all processes.
   */
  push: (messages: number) => number;
  /** CPU of this process since the last push, in microseconds. */
  spentMicros: (none: null) => number;
  /** Frees what can be freed: the garbage of connecting says nothing about what a connection keeps. */
  collect: (none: null) => void;
};

/** Five messages as they go over the wire, each a frame of its own. */
export type Frames = readonly Uint8Array[];

export interface Opened {
  readonly port: number;
  readonly frames: Frames;
}

export function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error("started without --expose-gc");
  for (let i = 0; i < 4; i++) globalThis.gc();
}
