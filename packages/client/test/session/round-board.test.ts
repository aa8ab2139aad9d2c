// How many have proposed, of how many who could in that round (TUI.md, SPEC §4).
import type { PushOf } from "pos-shared/protocol/hub-messages.ts";
import { describe, expect, it } from "vitest";
import { testGenesis } from "../../../shared/test/support/simulated-hub.ts";
import { HubClock } from "../../src/connection/hub-clock.ts";
import { RoundBoard } from "../../src/session/round-board.ts";
import { FakeRuntime } from "../support/fake-runtime.ts";

const GENESIS = testGenesis({ roundMs: 10_000 });
const openingOf = (round: number) => ({
  round,
  prevHash: "00".repeat(32),
  closesAt: "2026-01-01T00:00:10.000Z",
  signature: "00".repeat(64),
});

/** The answer to a subscription in mid-round. */
const subscribedIn = (opening: ReturnType<typeof openingOf>, proposals: number) => ({
  type: "subscribed" as const,
  re: "r".repeat(21),
  tip: { index: 0, hash: "00".repeat(32) },
  opening,
  validators: 2,
  stake: 200,
  proposals,
  online: 3,
});

class Board {
  readonly board = new RoundBoard(new FakeRuntime(), new HubClock());

  open(round: number, validators: number): this {
    const opening = openingOf(round);
    this.board.noteOpening({ type: "opening", opening, time: 0, validators, stake: 100 * validators });
    this.board.open(opening, GENESIS);
    return this;
  }

  /** So many are bonded now. */
  bonded(validators: number): this {
    this.board.noteChanges({ type: "changes", total: 9, online: 9, validators, stake: 100 * validators, rows: [] });
    return this;
  }

  proposed(round: number, proposals: number): this {
    const push: PushOf<"activity"> = { type: "activity", round, proposals, recent: [] };
    this.board.noteActivity(push);
    return this;
  }

  get shown(): string {
    const { proposals, validators } = this.board.view() ?? expect.unreachable();
    return `${proposals}/${validators}`;
  }
}

describe("the open round", () => {
  it("counts who could propose in it: also who took back its stake after its proposal", () => {
    const board = new Board().open(7, 3).proposed(7, 3).bonded(2);
    expect(board.shown).toBe("3/3");
    expect(board.board.view()?.stake).toBe(200);
    expect(board.open(8, 2).shown).toBe("0/2");
  });

  it("counts who bonds while it is open", () => {
    expect(new Board().open(1, 1).bonded(2).proposed(1, 2).shown).toBe("2/2");
  });

  it("keeps what changed between an announcement and its check", () => {
    const board = new Board().open(1, 1);
    const opening = openingOf(2);
    board.board.noteOpening({ type: "opening", opening, time: 0, validators: 1, stake: 100 });
    board.bonded(4);
    board.board.open(opening, GENESIS);
    expect(board.shown).toBe("0/4");
    expect(board.board.view()?.stake).toBe(400);
  });

  it("joined late has at least those who have proposed", () => {
    const { board } = new Board();
    const opening = openingOf(5);
    board.noteSubscribed(subscribedIn(opening, 3));
    board.open(opening, GENESIS);
    expect(board.view()).toMatchObject({ proposals: 3, validators: 3 });
  });

  it("come back to after a cut still counts those of before", () => {
    const shown = new Board().open(5, 3).proposed(5, 1);
    const opening = openingOf(5);
    shown.board.noteSubscribed(subscribedIn(opening, 2));
    shown.board.open(opening, GENESIS);
    expect(shown.shown).toBe("2/3");
  });
});
