import { expect, test } from "vitest";
import { arrayBuffersIn } from "../support/array-buffers-in.ts";
import { keyOf, SimulatedHub } from "../support/simulated-hub.ts";

test("what a hub holds of its rounds keeps no memory outside of the heap, however many there were (DESIGN §3)", () => {
  const hub = new SimulatedHub();
  const keys = Array.from({ length: 12 }, (_, i) => keyOf(i + 2));
  for (const [i, key] of keys.entries()) hub.join(key, `v${i}`, 50);
  for (let round = 0; round < 20; round++) {
    for (const key of keys) expect(hub.propose(key, 70)).toBe("accepted");
    hub.close();
  }
  expect(hub.rounds).toHaveLength(20);
  expect(hub.propose(keys[0] ?? keyOf(2), 70)).toBe("accepted");
  expect(arrayBuffersIn(hub.state).size).toBe(0);
});
