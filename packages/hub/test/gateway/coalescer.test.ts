import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Coalescer } from "../../src/gateway/coalescer.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start() {
  const flushes: number[] = [];
  const coalescer = new Coalescer(() => flushes.push(Date.now()), 1_000, Date.now);
  vi.setSystemTime(0);
  return { flushes, coalescer };
}

test("the first mark is flushed at once, the next ones together when the interval is over", () => {
  const { flushes, coalescer } = start();
  for (let ms = 0; ms < 2_500; ms += 100) {
    coalescer.mark();
    vi.advanceTimersByTime(100);
  }
  expect(flushes).toEqual([0, 1_000, 2_000]);
});

test("without a mark nothing happens, and no timer runs", () => {
  const { flushes } = start();
  vi.advanceTimersByTime(10_000);
  expect(flushes).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test("what was cancelled is not flushed; the interval still counts", () => {
  const { flushes, coalescer } = start();
  coalescer.mark();
  vi.advanceTimersByTime(0);
  coalescer.mark();
  vi.advanceTimersByTime(500);
  coalescer.cancel();
  coalescer.mark();
  vi.advanceTimersByTime(499);
  expect(flushes).toEqual([0]);
  vi.advanceTimersByTime(1);
  expect(flushes).toEqual([0, 1_000]);
});
