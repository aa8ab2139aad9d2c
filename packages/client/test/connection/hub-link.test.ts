import { describe, expect, it } from "vitest";
import { type Greeting, HubLink, type LinkState } from "../../src/connection/hub-link.ts";
import { FakeRuntime, settle } from "../support/fake-runtime.ts";
import { hello, scriptedDial } from "../support/scripted-wire.ts";

function startLink(greet: () => Promise<Greeting> = async () => ({ kind: "ready" })) {
  const runtime = new FakeRuntime();
  const { dial, wires } = scriptedDial();
  const states: LinkState[] = [];
  const heard: string[] = [];
  const link = new HubLink(
    { url: "ws://hub", dial, runtime },
    { greet, heard: ({ type }) => heard.push(type), changed: (state) => states.push(state) },
  );
  link.start();
  const wire = (number: number) => {
    const found = wires[number];
    if (found === undefined) throw new Error(`${wires.length} connections were dialled, not ${number + 1}`);
    return found;
  };
  return { link, runtime, wires, wire, states, heard };
}

describe("the connection that is kept up (DESIGN §10)", () => {
  it("waits for a hub that is not up yet, ever longer", async () => {
    const { runtime, wires, wire, states } = startLink();
    for (let failures = 1; failures <= 4; failures++) {
      wire(failures - 1).handlers.closed("nobody listens there");
      const state = states.at(-1);
      expect(state).toMatchObject({ phase: "offline", reason: "nobody listens there", attempt: failures });
      const waitMs = state?.phase === "offline" ? state.retryAtMs - runtime.nowMs() : 0;
      expect(waitMs).toBeGreaterThanOrEqual(125 * 2 ** (failures - 1));
      expect(waitMs).toBeLessThanOrEqual(250 * 2 ** (failures - 1));
      await runtime.advance(waitMs - 1);
      expect(wires).toHaveLength(failures);
      await runtime.advance(1);
      expect(wires).toHaveLength(failures + 1);
    }
  });

  it("is online once the hub is greeted, and counts failures from one again after that", async () => {
    const { runtime, wire, states } = startLink();
    wire(0).handlers.closed("nobody listens there");
    await runtime.advance(250);
    wire(1).say(hello());
    await settle();
    expect(states.at(-1)).toEqual({ phase: "online" });
    wire(1).handlers.closed("the connection was cut");
    expect(states.at(-1)).toMatchObject({ phase: "offline", attempt: 1 });
  });

  it("stops for good where the hub refuses what will never be right", async () => {
    const fault = { code: "SESSION_ELSEWHERE", actual: "10.0.0.7" } as const;
    const { runtime, wires, wire, states } = startLink(async () => ({ kind: "refused", fault }));
    wire(0).say(hello());
    await settle();
    expect(states.at(-1)).toEqual({ phase: "refused", fault });
    expect(wire(0).isDropped).toBe(true);
    await runtime.advance(60_000);
    expect(wires).toHaveLength(1);
  });

  it("tries again where the hub may do better later", async () => {
    const { runtime, wires, wire } = startLink(async () => ({ kind: "retry", reason: "the hub is stopping" }));
    wire(0).say(hello());
    await settle();
    await runtime.advance(250);
    expect(wires).toHaveLength(2);
  });

  it("comes back ever later to a hub that misbehaves each time, and says why it left", async () => {
    const { link, runtime, wires, wire, states } = startLink();
    for (let misdeeds = 1; misdeeds <= 5; misdeeds++) {
      wire(misdeeds - 1).say(hello());
      await settle();
      link.fail("the hub announced a round without signing it");
      const state = states.at(-1);
      expect(state).toMatchObject({ phase: "offline", reason: "the hub announced a round without signing it" });
      const waitMs = state?.phase === "offline" ? state.retryAtMs - runtime.nowMs() : 0;
      expect(waitMs).toBeGreaterThanOrEqual(125 * 2 ** (misdeeds - 1));
      await runtime.advance(waitMs);
      expect(wires).toHaveLength(misdeeds + 1);
    }
    wire(5).say(hello());
    for (let seconds = 0; seconds <= 60; seconds++) {
      await runtime.advance(1_000);
      for (const { type, id } of wire(5).requests.splice(0)) {
        if (type === "ping") wire(5).say({ type: "pong", re: id, time: runtime.nowMs() });
      }
    }
    link.fail("once more, after a good minute");
    await runtime.advance(250);
    expect(wires).toHaveLength(7);
  });

  it("hears nothing of a connection that it left", async () => {
    const { link, wire, wires, heard, states } = startLink();
    wire(0).say(hello());
    await settle();
    link.restart("another identity");
    expect(wires).toHaveLength(2);
    wire(0).handlers.received(Buffer.from(JSON.stringify({ type: "idle", round: 1 })));
    wire(0).handlers.closed("late");
    expect(heard).toEqual([]);
    expect(states.at(-1)).toEqual({ phase: "connecting", attempt: 1 });
  });

  it("dials no more once it is stopped", async () => {
    const { link, runtime, wire, wires } = startLink();
    wire(0).handlers.closed("nobody listens there");
    link.stop();
    await runtime.advance(60_000);
    expect(wires).toHaveLength(1);
  });
});
