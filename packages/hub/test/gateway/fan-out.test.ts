/** The fan-out: every subscriber every push once, in order, each push framed once (PERFORMANCE, rule 1). */
import { expect, test } from "vitest";
import { FanOut, type Subscriber } from "../../src/gateway/fan-out.ts";
import { textFrame } from "../../src/gateway/frame.ts";

const telemetry = { framesSent: () => {}, broadcastSent: () => {} };

function start(lag = { maxUnsentBytes: 0 }): FanOut {
  return new FanOut(telemetry, lag, () => 0);
}

class Reader implements Subscriber {
  firstBatch: number | null = null;
  readonly writes: Buffer[] = [];
  readonly write = (frames: Buffer): void => {
    this.writes.push(frames);
  };

  get text(): string {
    return Buffer.concat(this.writes).toString();
  }
}

const framed = (...texts: string[]) => Buffer.concat(texts.map(textFrame)).toString();

test("all subscribers are sent the very same bytes", async () => {
  const fanOut = start();
  const readers = Array.from({ length: 3 }, () => new Reader());
  for (const reader of readers) fanOut.subscribe(reader);
  fanOut.push("a");
  await fanOut.flush();
  const [first] = readers;
  for (const reader of readers) {
    expect(reader.text).toBe(framed("a"));
    expect(reader.writes[0]).toBe(first?.writes[0]);
  }
});

test("all pushes of one tick go out in one write, in order", async () => {
  const fanOut = start();
  const reader = new Reader();
  fanOut.subscribe(reader);
  for (const text of ["a", "b", "c", "d", "e"]) fanOut.push(text);
  await fanOut.flush();
  expect(reader.writes).toHaveLength(1);
  expect(reader.text).toBe(framed("a", "b", "c", "d", "e"));
});

test("who subscribes in the middle of a tick gets what comes after, and nothing twice", async () => {
  const fanOut = start();
  const [early, late] = [new Reader(), new Reader()];
  fanOut.subscribe(early);
  fanOut.push("a");
  fanOut.subscribe(late);
  fanOut.push("b");
  fanOut.subscribe(late);
  await fanOut.flush();
  expect(early.text).toBe(framed("a", "b"));
  expect(late.text).toBe(framed("b"));
});

test("who subscribes while a broadcast is under way does not get that one, but all after it", async () => {
  const fanOut = start();
  const late = new Reader();
  // More than one slice; the last reader of the first slice brings the late one in.
  const readers = Array.from({ length: 1_200 }, () => new Reader());
  for (const reader of readers) fanOut.subscribe(reader);
  const inviting: Subscriber = {
    firstBatch: null,
    write: () => {
      if (late.firstBatch === null) {
        fanOut.subscribe(late);
        fanOut.push("b");
      }
    },
  };
  fanOut.subscribe(inviting);
  fanOut.push("a");
  await fanOut.flush();
  expect(late.text).toBe(framed("b"));
  for (const reader of readers) expect(reader.text).toBe(framed("a", "b"));
});

test("who leaves while a broadcast is under way is passed over", async () => {
  const fanOut = start();
  const readers = Array.from({ length: 1_200 }, () => new Reader());
  for (const reader of readers) fanOut.subscribe(reader);
  fanOut.push("a");
  const gone = readers.at(-1) ?? new Reader();
  setImmediate(() => fanOut.unsubscribe(gone));
  await fanOut.flush();
  expect(gone.writes).toHaveLength(0);
  expect(readers.filter(({ text }) => text === framed("a"))).toHaveLength(1_199);
});

test("the largest push sets how much a client may lag behind: two of it", () => {
  const lag = { maxUnsentBytes: 1_000 };
  const fanOut = start(lag);
  fanOut.push("a");
  expect(lag.maxUnsentBytes).toBe(1_000);
  fanOut.push("a".repeat(10_000));
  expect(lag.maxUnsentBytes).toBe(2 * textFrame("a".repeat(10_000)).length);
});
