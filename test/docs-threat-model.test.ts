// docs/threat-model.md: the modes are those of the program, and every row names a test that is there.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EVIL_MODE_FACTS, EVIL_MODES } from "../packages/hub/src/evil/modes.ts";
import { codeOf, readPage, rowsOf, sectionOf } from "../packages/shared/test/support/markdown.ts";
import { CAUGHT_AS } from "./support/evil-run.ts";

const page = readPage("docs/threat-model.md");
const root = join(import.meta.dirname, "..");
const SECTIONS = ["The hub", "Validators", "Strangers and the network", "Thieves and accidents", "Liars with evidence"];
const WEIGHTS = ["proven", "suspected", "stopped", "seen", "proves", "suspects", "either"];

const isMode = (row: readonly string[]): boolean => row.length === 6;
const rows = SECTIONS.flatMap((title) => rowsOf(sectionOf(page, title).body));

test("every mode of --evil stands there with what it does, when it is seen, and by which codes", () => {
  const modes = rows.filter(isMode).map(([mode, deed, seen, weight, codes = ""]) => ({
    mode: codeOf(mode),
    facts: { deed, seen, weight },
    codes: [...codes.matchAll(/`(\w+)`/g)].map(([, code]) => code),
  }));
  expect(modes.map(({ mode }) => mode)).toEqual(EVIL_MODES);
  for (const [at, mode] of EVIL_MODES.entries()) {
    expect(modes[at]?.facts, mode).toEqual(EVIL_MODE_FACTS[mode]);
    expect(new Set(modes[at]?.codes), mode).toEqual(new Set(Object.keys(CAUGHT_AS[mode])));
  }
});

test("every row says what stops it or how it is seen, what that weighs, and which test shows it", () => {
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows) {
    const [attack = "", seen = ""] = row;
    const [weight = "", file] = row.length === 6 ? [row[3], row[5]] : row.slice(-2);
    expect(attack).not.toBe("");
    expect(seen, attack).not.toBe("");
    expect(WEIGHTS, attack).toContain(weight);
    expect(existsSync(join(root, codeOf(file))), `${file} of ${attack}`).toBe(true);
    expect(codeOf(file), attack).toMatch(/\.test\.tsx?$/);
  }
});
