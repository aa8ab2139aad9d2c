import { describe, expect, it } from "vitest";
import type { SessionState } from "../../../src/session/session.ts";
import { lineText } from "../../../src/ui/format/line.ts";
import { stakingLines } from "../../../src/ui/overlays/staking-lines.ts";
import { openStakingForm, type StakingForm } from "../../../src/ui/state/staking-form.ts";
import { me, state } from "../support/sample.ts";

describe("the staking form", () => {
  const lines = (overrides: Partial<SessionState>, form: Partial<StakingForm> = {}, height = 15): string =>
    stakingLines({
      form: { ...openStakingForm(null, null), ...form },
      session: state(overrides),
      width: 82,
      height,
    })
      .map(lineText)
      .join("\n");

  it("says the slashing rule before the first bond, and not after it", () => {
    expect(lines({ me: me({ bonded: 0 }) })).toContain("Staked tokens burn if");
    expect(lines({})).not.toContain("burn");
  });

  it("tells what is bonded, starting, unbonding, and when it frees", () => {
    const entries = [
      { amount: 20, round: 1430 },
      { amount: 30, round: 1433 },
      { amount: 5, round: 1434 },
    ];
    const text = lines({ me: me({ unbonding: entries, activating: [{ amount: 7, round: 1427 }] }) });
    expect(text).toMatch(/Unbonding +55 .*20 in round 1430, 30 in round 1433, …/);
    expect(text).toMatch(/Starting +7 .*7 from round 1427/);
  });

  it("tells what will be after it, and asks before it sends", () => {
    const text = lines({}, { amount: "50", stage: "confirm" });
    expect(text).toContain("Bond 50? Enter sends, Esc changes it.");
    expect(text).toMatch(/Bonded +100 +150/);
    expect(text).toMatch(/Share +12\.4% +17\.6%/);
  });

  it("says why it is open in as many lines as that takes", () => {
    for (const width of [38, 58]) {
      const form = openStakingForm(1000, "tooMuch");
      const rows = stakingLines({ form, session: state({ me: me({ bonded: 0, liquid: 1000 }) }), width, height: 7 });
      const text = rows.map((row) => lineText(row).trim()).join(" ");
      expect(text).toContain("above your balance; 1,000 is possible.");
      for (const row of rows) expect(lineText(row).length).toBeLessThanOrEqual(width);
    }
  });

  it("shows the rule before the figures where there is little room", () => {
    const text = lines({ me: me({ bonded: 0 }) }, {}, 6);
    expect(text.indexOf("burn")).toBeLessThan(text.indexOf("Liquid"));
  });
});
