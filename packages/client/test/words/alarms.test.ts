import { describe, expect, test, vi } from "vitest";
import { EVIDENCE_CODES, isEvidenceCode } from "../../src/replica/evidence/evidence-codes.ts";
import { bannerLines, bannerOf } from "../../src/ui/state/questions.ts";
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

  test("fits across a screen of 84×22, and where there is less room its path is whole", async () => {
    const { index, expected, actual, proven } = await EVIDENCE_OF[code]();
    const failure = { rule: code, index, expected, actual };
    const alarm = { failure, isProven: proven, evidenceFile: PATH, atMs: NOW_MS, halts: true };
    const machine = new ScreenMachine({ state: { alarms: [alarm] } });
    const wide = bannerOf(machine.ui, machine.session.getState(), 84);
    expect(wide?.lines.length).toBeLessThanOrEqual(9);
    const narrow = bannerOf(machine.ui, machine.session.getState(), 60);
    if (narrow === null) throw new Error("no banner");
    const shown = bannerLines(narrow, 5);
    expect(shown).toHaveLength(5);
    expect(shown.join("")).toContain("the hub");
    expect(shown.join("")).toContain(PATH);
  });
});
