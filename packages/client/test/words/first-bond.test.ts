import { expect, it } from "vitest";
import { lineOfEvent } from "../../src/words/events.ts";
import { SLASHING_RULE } from "../../src/words/slashing-rule.ts";

it("a line before the first bond says by which rule it burns (DESIGN §7)", () => {
  const line = lineOfEvent({ event: "firstBond", amount: 100, address: "", name: "anna" });
  expect(line).toEqual({ level: "warn", text: `anna stakes 100 tokens. ${SLASHING_RULE}` });
  expect(SLASHING_RULE).toMatch(/no whole number, two BPMs for one round, or a false draw/);
});
