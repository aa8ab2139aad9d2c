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
  const coalescer = new Coalescer(1_000, Date.now);
  const flush = () => void flushes.push(Date.now());
  vi.setSystemTime(0);
  return { flushes, flush, coalescer };
}

test("the first mark is flushed at once, the next ones together when the interval is over", () => {
  const { flushes, flush, coalescer } = start();
  for (let ms = 0; ms < 2_500; ms += 100) {
    coalescer.mark(flush);
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
  const { flushes, flush, coalescer } = start();
  coalescer.mark(flush);
  vi.advanceTimersByTime(0);
  coalescer.mark(flush);
  vi.advanceTimersByTime(500);
  coalescer.cancel(flush);
  coalescer.mark(flush);
  vi.advanceTimersByTime(499);
  expect(flushes).toEqual([0]);
  vi.advanceTimersByTime(1);
  expect(flushes).toEqual([0, 1_000]);
});

test("what two mark is flushed together, and one interval holds for both", () => {
  const { flushes, flush, coalescer } = start();
  const others: number[] = [];
  const other = () => void others.push(Date.now());
  coalescer.mark(flush);
  vi.advanceTimersByTime(300);
  coalescer.mark(other);
  vi.advanceTimersByTime(300);
  coalescer.mark(flush);
  vi.advanceTimersByTime(2_000);
  expect(flushes).toEqual([0, 1_000]);
  expect(others).toEqual([1_000]);
});

test("what one cancels the other still gets", () => {
  const { flushes, flush, coalescer } = start();
  const others: number[] = [];
  const other = () => void others.push(Date.now());
  coalescer.mark(other);
  coalescer.mark(flush);
  coalescer.cancel(flush);
  vi.advanceTimersByTime(0);
  expect(others).toEqual([0]);
  expect(flushes).toEqual([]);
});

test("what is marked in a flush waits for the next one", () => {
  const { flushes, flush, coalescer } = start();
  coalescer.mark(() => {
    flush();
    coalescer.mark(flush);
  });
  vi.advanceTimersByTime(5_000);
  expect(flushes).toEqual([0, 1_000]);
});
