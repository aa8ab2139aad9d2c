import { describe, expect, it } from "vitest";
import { HubClock } from "../../src/connection/hub-clock.ts";

describe("the hub's clock as seen from a client (DESIGN §9)", () => {
  it("is unknown before the first round trip", () => {
    expect(new HubClock().toMonotonicMs(1_000)).toBeUndefined();
    expect(new HubClock().roundTripMs).toBe(0);
  });

  it("is taken from the middle of a round trip", () => {
    const clock = new HubClock();
    clock.addSample(100, 300, 50_000);
    expect(clock.toMonotonicMs(50_000)).toBe(200);
    expect(clock.toMonotonicMs(60_000)).toBe(10_200);
    expect(clock.roundTripMs).toBe(200);
  });

  it("believes the shortest of the latest round trips", () => {
    const clock = new HubClock();
    clock.addSample(0, 2_000, 9_000);
    clock.addSample(3_000, 3_010, 13_005);
    clock.addSample(4_000, 5_000, 14_900);
    expect(clock.toMonotonicMs(20_000)).toBe(10_000);
  });

  it("forgets a round trip after eight later ones, for clocks drift", () => {
    const clock = new HubClock();
    clock.addSample(0, 2, 1_001);
    for (let i = 1; i <= 8; i++) clock.addSample(i * 1_000, i * 1_000 + 10, i * 1_000 + 505);
    expect(clock.toMonotonicMs(10_500)).toBe(10_000);
  });

  it("says how far this machine's own clock is behind", () => {
    const clock = new HubClock();
    clock.addSample(100, 100, 50_000);
    expect(clock.offsetOf(50_000, 100)).toBe(0);
    expect(clock.offsetOf(50_000 - 3_600_000, 100)).toBe(3_600_000);
  });
});
