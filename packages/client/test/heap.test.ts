import { expect, test } from "vitest";
import { letHeapGrow } from "../src/heap.ts";

test("what piled up while the heap might grow is cleared away at its end (TUI, figures to beat: RSS)", async () => {
  const end = letHeapGrow();
  const garbage = new WeakRef(Buffer.alloc(1_000_000));
  // What was looked at is kept until this turn is over.
  await new Promise((resolve) => setImmediate(resolve));
  end();
  expect(garbage.deref()).toBeUndefined();
  expect(Reflect.has(globalThis, "gc")).toBe(false);
});
