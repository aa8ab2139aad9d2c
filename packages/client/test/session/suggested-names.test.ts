// DESIGN §10: a taken name is answered with a free one. What a hub says there is worth no more than that.
import { describe, expect, it } from "vitest";
import { keyOf } from "../../../shared/test/support/simulated-hub.ts";
import { identityFilesOf, startTestClient } from "../support/client.ts";
import { FakeRuntime, until } from "../support/fake-runtime.ts";
import { WiredHub } from "../support/wired-hub.ts";

/** A hub in which `anna` is taken, and that answers a join with `suggestion`. */
function startHub(suggestion: (asked: number) => string | null) {
  const runtime = new FakeRuntime();
  const hub = new WiredHub(runtime);
  hub.act((simulated) => simulated.join(keyOf(9), "anna", 10));
  const state = { isLying: true, asked: 0 };
  hub.tamper = (message) => {
    if (!state.isLying || (message.type !== "receipted" && message.type !== "error")) return message;
    state.asked++;
    const { re } = message;
    return {
      type: "error",
      re,
      code: "NAME_TAKEN",
      path: null,
      expected: null,
      actual: "anna",
      suggestion: suggestion(state.asked),
    };
  };
  return { runtime, hub, state };
}

describe("a name that a hub suggests", () => {
  it.each([["../\u001b[31m x"], ["a name"], [""], ["seventeen-letters"], [null]])(
    "ends the connection where it is %j, and stands in no file",
    async (suggestion) => {
      const { runtime, hub, state } = startHub(() => suggestion);
      const client = startTestClient(hub, runtime);
      await runtime.advanceUntil(() => client.told("disconnected").length > 1, 100);
      expect(state.asked).toBeLessThanOrEqual(2);
      expect(client.told("disconnected")[0]?.reason).toMatch(/suggestion should be null or a name|none that is free/);
      expect(identityFilesOf(client, hub).key.publicKey).toMatch(/^[0-9a-f]{64}$/);
      state.isLying = false;
      await runtime.advanceUntil(() => client.told("joined").length > 0, 100);
      await client.session.stop();
    },
  );

  it("does not lead on for ever where every one of them is taken again", async () => {
    const { runtime, hub, state } = startHub((asked) => `anna-${asked + 1}`);
    const { session, told } = startTestClient(hub, runtime);
    await until(() => told("rejected").length > 0);
    await runtime.advance(60_000);
    expect(state.asked).toBe(32);
    expect(told("rejected")).toMatchObject([{ code: "NAME_TAKEN" }]);
    expect(session.getState().connection).toMatchObject({ phase: "refused", fault: { code: "NAME_TAKEN" } });
  });
});
