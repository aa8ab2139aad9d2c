import { describe, expect, test, vi } from "vitest";
import { EVIDENCE_CODES, isEvidenceCode } from "../../src/replica/evidence/evidence-codes.ts";
import { bannerIn } from "../../src/ui/state/context.ts";
import { alarmWordsOf, short } from "../../src/words/alarms.ts";
import { lineOfEvent } from "../../src/words/events.ts";
import { EVIDENCE_OF } from "../support/evidence-of-each-code.ts";
import { NOW_MS } from "../ui/support/sample.ts";
import { ScreenMachine } from "../ui/support/screen-machine.ts";

vi.mock(import("pos-shared/crypto/vrf.ts"), async (original) => {
  const { memoizedVrf } = await import("../../../shared/test/support/memoized-vrf.ts");
  return memoizedVrf(original);
});

const CODES = Object.keys(EVIDENCE_CODES).filter(isEvidenceCode);
/** In a home far down. */
const LONG_PATH = `/home/${"a-folder/".repeat(14)}.config/pos-client/evidence/1204-ownTransaction-0c99-235959999.json`;
/** As long as a path gets in a home of usual length. */
const PATH = `/home/alexandra/.config/pos-client/evidence/1204-ownTransaction-0c99-235959999.json`;

describe.each(CODES)("an alarm of %s", (code) => {
  test("says in plain words what the hub said, what is true, how it is known, and where the evidence lies", async () => {
    const { index, expected, actual, proven } = await EVIDENCE_OF[code]();
    const finding = { rule: code, index, expected, actual };
    const { said, truth, known } = alarmWordsOf(finding, { own: "your", nameOf: short });
    for (const text of [said, truth, known]) {
      expect(text).not.toBe("");
      // Nobody reads a hash out, and no value was forgotten.
      expect(text).not.toMatch(/[0-9a-f]{32}|undefined|null|NaN|\[object/);
    }
    expect(said).not.toBe(truth);
    const line = lineOfEvent({ event: "alarm", code, index, expected, actual, proven, evidence: PATH })?.text ?? "";
    for (const part of [said, truth, known, PATH, proven ? "proven" : "suspected"]) expect(line).toContain(part);
  });

  test("fits across a screen of 84×22", async () => {
    const machine = await alarmed(code, PATH, 84, 22);
    const { banner, seen } = bannerIn(machine.ui, machine.context) ?? expect.unreachable();
    expect(seen).toMatchObject({ lines: banner.lines, above: 0, below: 0 });
  });

  test.each([
    [60, 16],
    [40, 8],
  ])("is read whole at %i×%i, where it scrolls: its path stays, or is at the end", async (columns, rows) => {
    for (const path of [PATH, LONG_PATH]) {
      const machine = await alarmed(code, path, columns, rows);
      const look = () => bannerIn(machine.ui, machine.context)?.seen ?? expect.unreachable();
      const seen = new Set(look().lines.map((line) => plain(line)));
      for (let i = 0; i < 30; i++) {
        if (look().room < look().lines.length) expect(joined(look().lines)).toContain(path);
        for (const line of look().lines) expect(line.length).toBeLessThanOrEqual(columns < 60 ? columns : columns - 5);
        machine.press("j");
        for (const line of look().lines) seen.add(plain(line));
      }
      expect(look()).toMatchObject({ below: 0 });
      expect(joined(look().lines)).toContain(path);
      const { banner } = bannerIn(machine.ui, machine.context) ?? expect.unreachable();
      expect([...seen].sort()).toEqual([...new Set(banner.lines.map(plain))].sort());
      machine.press("g");
      expect(look().above).toBe(0);
    }
  });
});

/** A screen on which the alarm stands. */
async function alarmed(
  code: keyof typeof EVIDENCE_CODES,
  evidenceFile: string,
  columns: number,
  rows: number,
): Promise<ScreenMachine> {
  const { index, expected, actual, proven } = await EVIDENCE_OF[code]();
  const failure = { rule: code, index, expected, actual };
  const alarm = { failure, isProven: proven, evidenceFile, atMs: NOW_MS, halts: true };
  return new ScreenMachine({ columns, rows, state: { alarms: [alarm] } });
}

/** A line without what stands at its end, `…` where it goes on. */
function plain(line: string): string {
  return line.replace(/[.,…]+$/, "");
}

/** As it is read over the ends of lines. */
function joined(lines: readonly string[]): string {
  return lines.join("");
}
