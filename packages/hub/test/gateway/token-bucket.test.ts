import { expect, test } from "vitest";
import { TokenBucket } from "../../src/gateway/token-bucket.ts";

const RATE = { perSecond: 10, burst: 20 };

function takeMany(bucket: TokenBucket, times: number, nowMs: number): string[] {
  return Array.from({ length: times }, () => bucket.take(1, nowMs));
}

test("a burst passes, then as many a second as the rate says", () => {
  const bucket = new TokenBucket(RATE, 0);
  expect(takeMany(bucket, 21, 0)).toEqual([...Array(20).fill("pass"), "refuse"]);
  // 1 in debt: one second brings 10.
  expect(takeMany(bucket, 10, 1_000)).toEqual([...Array(9).fill("pass"), "refuse"]);
});

test("a sender at the rate is never refused, whatever the pace", () => {
  const bucket = new TokenBucket(RATE, 0);
  for (let ms = 0; ms < 100_000; ms += 100) expect(bucket.take(1, ms)).toBe("pass");
});

test("a quiet time saves up no more than a burst", () => {
  const bucket = new TokenBucket(RATE, 0);
  expect(takeMany(bucket, 21, 1_000_000).at(-1)).toBe("refuse");
});

test("a sender who goes on in spite of refusals is closed", () => {
  const bucket = new TokenBucket(RATE, 0);
  const verdicts = takeMany(bucket, 61, 0);
  expect(verdicts.slice(20, 60)).toEqual(Array(40).fill("refuse"));
  expect(verdicts.at(-1)).toBe("close");
});

test("a sender who is a little too fast is closed in the end; one who stops may go on", () => {
  const fast = new TokenBucket(RATE, 0);
  const verdicts = new Set<string>();
  for (let ms = 0; ms < 60_000; ms += 80) verdicts.add(fast.take(1, ms));
  expect(verdicts).toContain("close");

  const patient = new TokenBucket(RATE, 0);
  takeMany(patient, 50, 0);
  expect(patient.take(1, 10_000)).toBe("pass");
});
