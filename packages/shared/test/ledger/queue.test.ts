import fc from "fast-check";
import { expect, test } from "vitest";
import { EMPTY_QUEUE, peek, pop, push, type Queue } from "../../src/ledger/queue.ts";

/** A number is pushed, null takes the oldest off. */
const steps = fc.array(fc.option(fc.nat(), { nil: null }), { maxLength: 60 });

function run(start: Queue<number>, happened: readonly (number | null)[]): Queue<number> {
  return happened.reduce<Queue<number>>((queue, item) => (item === null ? pop(queue) : push(queue, item)), start);
}

function drain(queue: Queue<number>): number[] {
  const items: number[] = [];
  for (let rest = queue, item = peek(rest); item !== undefined; rest = pop(rest), item = peek(rest)) items.push(item);
  return items;
}

test("a queue gives back what an array gives back: the oldest first", () => {
  fc.assert(
    fc.property(steps, (happened) => {
      const twin: number[] = [];
      let queue: Queue<number> = EMPTY_QUEUE;
      for (const item of happened) {
        expect(peek(queue)).toBe(twin[0]);
        queue = run(queue, [item]);
        if (item === null) twin.shift();
        else twin.push(item);
      }
      expect(drain(queue)).toEqual(twin);
    }),
    { numRuns: 1000 },
  );
});

test("a queue stays what it was when another one is made of it (DESIGN §3)", () => {
  fc.assert(
    fc.property(steps, steps, (before, after) => {
      const queue = run(EMPTY_QUEUE, before);
      const items = drain(queue);
      run(queue, after);
      expect(drain(queue)).toEqual(items);
    }),
    { numRuns: 1000 },
  );
});
