/** Components by their text: props in, what a person reads out. */
import { render } from "ink-testing-library";
import { describe, expect, it } from "vitest";
import type { SessionState } from "../../../src/session/session.ts";
import type { Line } from "../../../src/ui/format/line.ts";
import { lineText } from "../../../src/ui/format/line.ts";
import { listProposals } from "../../../src/ui/lists/proposals.ts";
import { Lines } from "../../../src/ui/look/lines.tsx";
import { LookContext } from "../../../src/ui/look/look.ts";
import { THEME_COLORS } from "../../../src/ui/look/themes.ts";
import { bpmLines } from "../../../src/ui/panels/bpm-line.ts";
import { drawLines } from "../../../src/ui/panels/draw.ts";
import { largeDigits } from "../../../src/ui/panels/large-digits.ts";
import { proposalLines } from "../../../src/ui/panels/proposals.ts";
import { roundLine } from "../../../src/ui/panels/round-line.ts";
import { spectatorLines } from "../../../src/ui/panels/spectator.ts";
import { stakeLine } from "../../../src/ui/panels/stake-line.ts";
import { validatorLines } from "../../../src/ui/panels/validators.ts";
import { winnerBanner, winnerLine } from "../../../src/ui/panels/winner-line.ts";
import { words } from "../../../src/ui/words.ts";
import { detail, me, NOW_MS, round, state, TIP, validators, winner } from "../support/sample.ts";

const shown = (...lines: readonly Line[]): string => {
  const { lastFrame, unmount } = render(<Lines lines={lines} width={90} height={lines.length} />);
  const frame = lastFrame() ?? "";
  unmount();
  return frame.replaceAll(/ +$/gm, "");
};

const REFUSED = { phase: "refused", fault: { code: "NAME_TAKEN", actual: "alice" }, isConnected: true } as const;
const OTHER_CHAIN = { phase: "otherChain", expected: "", actual: "" } as const;

describe("the stake line", () => {
  const line = (overrides: Partial<SessionState> = {}, width = 88): string =>
    shown(stakeLine({ session: state(overrides), pulse: [60, 70, 80], width, isSpectator: false }));

  it("tells what one holds, and luck with its band", () => {
    expect(line()).toBe("Stake 100 (12.4%)   Balance 1,250   Wins 31/231  exp 28.6 ±9.8  luck +8% (noise)");
  });

  it("says less where there is less room, holdings last", () => {
    expect(line({}, 60)).toBe("Stake 100 (12.4%)   Balance 1250   Wins 31/231");
    expect(line({}, 36)).toBe("Stake 100 (12.4%)   Balance 1250");
  });

  it("tells what is on its way", () => {
    expect(
      line({ me: me({ activating: [{ amount: 5, round: 9 }], unbonding: [{ amount: 20, round: 9 }] }) }),
    ).toContain("starting 5   unbonding 20");
  });

  it.each([
    [{ me: null }, "Waiting for the hub…"],
    [{ me: me({ isJoined: false }) }, "Joining as alice…"],
    [{ me: me({ isJoined: false }), connection: REFUSED }, "Not joined"],
    [{ me: me({ bonded: 0, liquid: 1000 }), validators: [] }, "Nothing staked: press s   Balance 1,000   Wins 31"],
    [{ me: me({ isTombstoned: true, bonded: 0 }) }, "✗ SLASHED   Balance 1,250"],
  ])("tells how one stands: %#", (overrides, text) => {
    expect(line(overrides)).toContain(text);
  });

  it("names no key while the staking form is open, which has its own", () => {
    const session = state({ me: me({ bonded: 0, liquid: 1000 }), validators: [] });
    const text = shown(stakeLine({ session, pulse: [], width: 88, isSpectator: false, isStaking: true }));
    expect(text).toBe("Nothing staked yet   Balance 1,000   Wins 31");
  });

  it("of a spectator tells about the others", () => {
    expect(shown(stakeLine({ session: state(), pulse: [], width: 88, isSpectator: true }))).toBe(
      "Watching   7 of 8 validators online   804 tokens staked",
    );
  });
});

describe("the round line", () => {
  const line = (nowMs: number, isFrozen = false, overrides: Partial<SessionState> = {}): string =>
    shown(roundLine({ session: state(overrides), nowMs, isFrozen, width: 60 }));

  it("is a bar with the seconds that are left", () => {
    expect(line(NOW_MS)).toBe("Round 1425 [OPEN]  ███████████░░░░░░░░░   17s   proposed 3/8");
    expect(line(NOW_MS + 17_000)).toContain("[DRAW]  ░░░░░░░░░░░░░░░░░░░░    0s");
    expect(line(NOW_MS, true)).toContain("[HELD]");
  });

  it("without a round says what opens one", () => {
    expect(line(NOW_MS, false, { round: null })).toBe("No round is open yet. The first stake opens one.");
    expect(line(NOW_MS, false, { round: null, me: me({ bonded: 0 }) })).toContain("Your stake opens one");
    expect(line(NOW_MS, false, { round: null, connection: { phase: "connecting", attempt: 1 } })).toBe(
      "The round is not known yet.",
    );
  });
});

describe("the BPM line", () => {
  const line = (
    overrides: Partial<SessionState>,
    entry = "",
    note: { text: string; tone: "bad" } | null = null,
    width = 80,
  ): string =>
    shown(...bpmLines({ session: state({ ownProposal: null, ...overrides }), entry, note, hasFocus: true, width }, 2));

  it("says what to do next", () => {
    expect(line({})).toBe("BPM ▸ ▏     type a BPM, 30–220, then Enter");
    expect(line({}, "72")).toBe("BPM ▸ 72▏   30–220 · Enter proposes");
    expect(line({}, "", null, 38)).toBe("BPM ▸ ▏     type 30–220, Enter");
    expect(line({ me: me({ bonded: 0 }) })).toContain("press s to stake");
    const offline = { phase: "offline", reason: "nobody listens there", attempt: 2, retryAtMs: NOW_MS } as const;
    expect(line({ me: null, network: null, connection: offline })).toContain("start one: pos-hub");
    expect(line({ me: null, network: null, connection: { phase: "connecting", attempt: 4 } })).toContain(
      "start one: pos-hub",
    );
  });

  it("says what comes first where nothing can be proposed", () => {
    const session = state({ ownProposal: null, me: me({ bonded: 0 }) });
    const props = { session, entry: "", note: null, hasFocus: false, isStaking: true, width: 80 };
    expect(shown(...bpmLines(props, 2))).toBe("BPM ▸       stake first; then a BPM can win");
    expect(line({ me: me({ isJoined: false }), connection: REFUSED })).toContain("who has not joined");
    expect(line({ connection: OTHER_CHAIN })).toContain("a network that you have not joined");
    expect(line({ connection: OTHER_CHAIN }, "", null, 38)).toBe("BPM ▸ ▏     nothing is sent");
  });

  it("says what became of the last one", () => {
    expect(line({ ownProposal: { phase: "sent", round: 1425, bpm: 72, atMs: NOW_MS } })).toContain("sent 72…");
    expect(line({ ownProposal: { phase: "accepted", round: 1425, bpm: 72, atMs: NOW_MS } })).toMatch(
      /✓ 72 accepted at \d\d:04:36/,
    );
    expect(line({ ownProposal: { phase: "accepted", round: 1424, bpm: 72, atMs: NOW_MS } })).not.toContain("accepted");
    expect(line({ queuedBpm: 80 })).toContain("80 waits for the next round");
    expect(line({ repeatedBpm: 72 })).toContain("72 every round (r stops)");
    const fault = { code: "BPM_OUT_OF_RANGE", actual: 300, expected: "30 to 220" } as const;
    expect(line({ ownProposal: { phase: "rejected", round: 1425, bpm: 300, atMs: NOW_MS, fault } })).toContain(
      "✗ BPM 300 is out of range",
    );
  });

  it("gives its place to an error", () => {
    expect(line({}, "7x", { text: "digits only", tone: "bad" })).toBe("BPM ▸ 7x▏   digits only");
  });
});

describe("the winner", () => {
  it("stands with chance, score and runner-up, as much as fits", () => {
    const line = (width: number): string => shown(winnerLine({ winner: winner(TIP), none: "", reward: 10, width }));
    expect(line(90)).toBe("★ #1204 bob · BPM 81 · p 37.3% · score 0.00314, next 0.00488 · verified in full ✓ · v");
    expect(line(40)).toBe("★ #1204 bob · BPM 81 · p 37.3%");
  });

  it("that is oneself is told in words", () => {
    expect(shown(winnerLine({ winner: winner(TIP, "alice"), none: "", reward: 10, width: 90 }))).toContain(
      "★ YOU WON #1204  +10",
    );
    expect(shown(...winnerBanner({ winner: winner(TIP, "alice"), none: "", reward: 10, width: 88 }))).toContain(
      "★ ★ ★  YOU WON  ★ ★ ★",
    );
  });

  it("is not there before the first", () => {
    expect(shown(winnerLine({ winner: null, none: "None.", reward: 10, width: 90 }))).toBe("None.");
  });

  it("without another proposal says so", () => {
    const alone = { ...winner(TIP), runnerUpScore: null, isAlone: true };
    expect(shown(winnerLine({ winner: alone, none: "", reward: 10, width: 90 }))).toContain("no other");
  });
});

describe("lists", () => {
  it("of validators mark oneself, who is away, who was slashed, and the selected one", () => {
    const all = validators().map((each) => (each.name === "bob" ? { ...each, isTombstoned: true } : each));
    const text = shown(...validatorLines({ rows: all, all, selected: 2, hasFocus: false, width: 40 }));
    expect(text.split("\n").map((line) => line.slice(0, 16))).toEqual([
      "   name    stake",
      " ✗ bob       300",
      "   carol     180",
      " ★▸alice     100",
      "   dave      100",
      "   erin       60",
      "   frank      34",
      "   grace      20",
      " ○ heidi      10",
    ]);
  });

  it("of proposals tell who has and who has not", () => {
    const rows = listProposals(state({ round: round(1, NOW_MS + 20_000) }), "");
    const text = shown(
      ...proposalLines({
        rows: rows.slice(0, 4),
        selected: -1,
        hasFocus: false,
        width: 44,
        nowMs: NOW_MS,
        isPartial: false,
      }),
    );
    expect(text).toContain("✓ bob");
    expect(text).toMatch(/alice +76 .*← you/);
    expect(text).toMatch(/○ dave +— waiting/);
    const late = proposalLines({
      rows: rows.slice(3, 4),
      selected: -1,
      hasFocus: false,
      width: 44,
      nowMs: NOW_MS,
      isPartial: true,
    });
    expect(shown(...late)).toMatch(/○ dave +— not seen/);
  });
});

describe("the draw", () => {
  const played = (ms: number): string =>
    drawLines({
      draw: { detail: detail(TIP), startedAtMs: NOW_MS },
      session: state(),
      nowMs: NOW_MS + ms,
      width: 50,
      height: 4,
    })
      .map(lineText)
      .join("\n");

  it("begins with all bars full and no number", () => {
    expect(played(0).match(/…/g)).toHaveLength(4);
    expect(played(0)).not.toContain("░");
  });

  it("ends with each score in its place and the lowest marked", () => {
    const end = played(1500);
    expect(end.split("\n")[0]).toMatch(/^★dave .* 0\.00191 ★ lowest$/);
    expect(end).not.toContain("…");
    expect(end.match(/lowest/g)).toHaveLength(1);
  });

  it("only ever falls", () => {
    let before = Number.POSITIVE_INFINITY;
    for (let ms = 0; ms <= 1500; ms += 50) {
      const filled = played(ms).match(/█/g)?.length ?? 0;
      expect(filled).toBeLessThanOrEqual(before);
      before = filled;
    }
  });
});

describe("for a projector", () => {
  it("the countdown stands in digits of five rows", () => {
    expect(largeDigits("17").join("\n")).toBe(
      ["  █   █████", " ██       █", "  █      █ ", "  █     █  ", "█████   █  "].join("\n"),
    );
    const lines = spectatorLines({ session: state(), nowMs: NOW_MS, isFrozen: false, width: 60, note: null });
    expect(lines).toHaveLength(6);
    expect(lineText(lines[4] ?? [])).toMatch(/chain \w+ \w+ \w+/);
  });

  it("what stands beside them is read whole at 60×16, in two rows where it is long", () => {
    const facts = (overrides: Partial<SessionState>, text: string | null = null): readonly string[] =>
      spectatorLines({
        session: state({ me: null, ...overrides }),
        nowMs: NOW_MS,
        isFrozen: false,
        width: 58,
        note: text === null ? null : { text, tone: "warn" },
      }).map((line) => lineText(line).slice(23).trimEnd());
    const idle = facts({ round: null, lastWinner: null, tip: { index: 0, hash: "", words: "" } });
    expect(idle.slice(0, 2).join(" ")).toBe(words.round.idle);
    expect(idle[2]).toBe("");
    const noted = facts({}, words.chain.empty);
    expect(noted[2]).toBe("★ bob #1204");
    expect(noted.slice(3, 5).join(" ")).toBe(words.chain.empty);
    expect(facts({}, "Theme: light").slice(3, 5)).toEqual(["BPM 81 · chance 37.3%", "Theme: light"]);
  });
});

describe("a theme", () => {
  const colored = (look: Parameters<typeof LookContext>[0]["value"]) => (
    <LookContext value={look}>
      <Lines lines={[[{ text: "★ YOU", tone: "you" }]]} width={10} height={1} />
    </LookContext>
  );

  it("of ASCII shows other signs in the same columns", () => {
    const { lastFrame, unmount } = render(colored({ colors: THEME_COLORS.dark, hasColor: false, isAscii: true }));
    expect(lastFrame()?.trimEnd()).toBe("* YOU");
    unmount();
  });

  it("has a colour for each tone, in every theme", () => {
    for (const { tones } of Object.values(THEME_COLORS)) {
      for (const color of Object.values(tones)) expect(color).toMatch(/^#[0-9a-f]{6}$/);
    }
  });
});
