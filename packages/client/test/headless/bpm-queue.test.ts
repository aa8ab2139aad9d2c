import { describe, expect, it } from "vitest";
import { BpmQueue } from "../../src/headless/bpm-queue.ts";
import type { ClientEvent, Outcome } from "../../src/session/session.ts";
import { settle } from "../support/fake-runtime.ts";

function queue() {
  const asked: number[] = [];
  const answers: ((outcome: Outcome) => void)[] = [];
  const events: ClientEvent[] = [];
  const bpms = new BpmQueue(
    (bpm) => {
      asked.push(bpm);
      return new Promise((resolve) => answers.push(resolve));
    },
    (event) => events.push(event),
  );
  const answer = async (): Promise<void> => {
    answers.shift()?.({ ok: true });
    await settle();
  };
  return { bpms, asked, events, answer };
}

describe("BPMs from standard input (DESIGN §10)", () => {
  it("wait their turn, one after the other has its answer", async () => {
    const { bpms, asked, answer } = queue();
    bpms.feed("61\n62\n63\n");
    expect(asked).toEqual([61]);
    await answer();
    expect(asked).toEqual([61, 62]);
    await answer();
    expect(asked).toEqual([61, 62, 63]);
  });

  it("are refused with their line where they are none, an empty one too, and the rest goes on", () => {
    const { bpms, asked, events } = queue();
    bpms.feed("\nabc\n12.5\n61\n");
    expect(events).toMatchObject([
      { event: "rejected", code: "MALFORMED", bpm: "" },
      { event: "rejected", code: "MALFORMED", bpm: "abc" },
      { event: "rejected", code: "MALFORMED", bpm: "12.5" },
    ]);
    expect(asked).toEqual([61]);
  });

  it("may be a thousand at most that wait", () => {
    const { bpms, events } = queue();
    bpms.feed("72\n".repeat(1_001));
    expect(events).toMatchObject([{ code: "RATE_LIMITED", bpm: "72" }]);
  });

  it("end when each has its answer", async () => {
    const { bpms, answer } = queue();
    bpms.feed("61\n62");
    let hasEnded = false;
    void bpms.end().then(() => {
      hasEnded = true;
    });
    await answer();
    expect(hasEnded).toBe(false);
    await answer();
    expect(hasEnded).toBe(true);
  });
});
