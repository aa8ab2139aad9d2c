/** Pages: everybody in turn, half of the time at most (PERFORMANCE, rule 6). */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PagePump, type PageReader } from "../../src/gateway/page-pump.ts";
import type { PageRequest } from "../../src/gateway/page-request.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class Reader implements PageReader {
  readonly name: string;
  isOpen = true;
  unsentBytes = 0;
  waitingPages: PageRequest[] | null = null;
  drain: (() => void) | undefined;

  constructor(name: string) {
    this.name = name;
  }

  readonly onceDrained = (then: () => void): void => {
    this.drain = then;
  };
}

const page = (id: string): PageRequest => ({ type: "genesis", id });

/** Serving a page takes `pageMs`. */
function start(pageMs = 0) {
  const served: string[] = [];
  let workedMs = 0;
  const nowMs = () => Date.now() + workedMs;
  const pump = new PagePump<Reader>(
    (reader, { id }) => {
      served.push(reader.name + id);
      workedMs += pageMs;
    },
    { maxUnsentPageBytes: 1_000, maxWaitingPages: 3 },
    nowMs,
  );
  return { served, pump };
}

test("readers are served in turn, each in the order of its requests", () => {
  const { served, pump } = start();
  const [a, b] = [new Reader("a"), new Reader("b")];
  for (const id of ["1", "2", "3"]) pump.add(a, page(id));
  pump.add(b, page("1"));
  vi.runAllTimers();
  expect(served).toEqual(["a1", "b1", "a2", "a3"]);
});

test("one page a turn of the event loop", () => {
  const { served, pump } = start();
  const a = new Reader("a");
  for (const id of ["1", "2"]) pump.add(a, page(id));
  expect(served).toEqual([]);
  vi.advanceTimersToNextTimer();
  expect(served).toEqual(["a1"]);
  vi.advanceTimersToNextTimer();
  expect(served).toEqual(["a1", "a2"]);
  expect(vi.getTimerCount()).toBe(0);
});

test("after 8 ms of pages there are 8 ms without", () => {
  const { served, pump } = start(4);
  const readers = ["a", "b", "c", "d", "e"].map((name) => new Reader(name));
  for (const reader of readers) pump.add(reader, page("1"));
  const turn = () => {
    vi.advanceTimersToNextTimer();
    return Date.now();
  };
  const [a, b, c, d, e] = [turn(), turn(), turn(), turn(), turn()];
  expect(served).toEqual(["a1", "b1", "c1", "d1", "e1"]);
  expect([b - a, c - b, d - c, e - d].map((ms) => ms >= 8)).toEqual([false, true, false, true]);
});

test("a reader who has not taken his last pages waits until he has; others do not", () => {
  const { served, pump } = start();
  const [slow, quick] = [new Reader("slow"), new Reader("quick")];
  slow.unsentBytes = 1_001;
  pump.add(slow, page("1"));
  pump.add(quick, page("1"));
  vi.runAllTimers();
  expect(served).toEqual(["quick1"]);
  slow.unsentBytes = 0;
  slow.drain?.();
  vi.runAllTimers();
  expect(served).toEqual(["quick1", "slow1"]);
});

test("so many may wait and no more; when they are served there is room again", () => {
  const { served, pump } = start();
  const a = new Reader("a");
  expect(["1", "2", "3", "4"].map((id) => pump.add(a, page(id)))).toEqual([true, true, true, false]);
  vi.runAllTimers();
  expect(pump.add(a, page("5"))).toBe(true);
  vi.runAllTimers();
  expect(served).toEqual(["a1", "a2", "a3", "a5"]);
});

test("who has gone is not served", () => {
  const { served, pump } = start();
  const a = new Reader("a");
  pump.add(a, page("1"));
  a.isOpen = false;
  vi.runAllTimers();
  expect(served).toEqual([]);
  expect(a.waitingPages).toBeNull();
});
