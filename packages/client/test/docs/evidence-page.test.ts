// docs/evidence.md says what the code says: every code with its parts and its weight, every field, every kind of offence.
import { validatorEvidenceForm } from "pos-shared/model/evidence.ts";
import { RULE_NAMES } from "pos-shared/rules/check.ts";
import { describe, expect, test } from "vitest";
import { codeOf, readPage, rowsOf, sectionOf } from "../../../shared/test/support/markdown.ts";
import { OTHER_ALARMS } from "../../src/replica/alarm.ts";
import { EVIDENCE_CODES, isEvidenceCode } from "../../src/replica/evidence/evidence-codes.ts";
import { evidenceFileForm } from "../../src/replica/evidence/evidence-file.ts";

const page = readPage("docs/evidence.md");
const CODES = Object.keys(EVIDENCE_CODES).filter(isEvidenceCode);
const rows = rowsOf(sectionOf(page, "Every code").body).map(([code, wrong, parts = "", alone, weight = "", how]) => ({
  code: codeOf(code),
  wrong,
  parts: [...parts.matchAll(/`(\w+)`/g)].map(([, part]) => part),
  alone,
  weight,
  how,
}));

describe("docs/evidence.md", () => {
  test("has every code that an alarm can have, in the order of SPEC §7, and says which leave no evidence", () => {
    expect(rows.map(({ code }) => code)).toEqual(CODES);
    const silent = [...RULE_NAMES, ...OTHER_ALARMS].filter((code) => !isEvidenceCode(code));
    expect(silent).toEqual(["genesis", "form"]);
    expect(page).toContain("Two rules leave no evidence: `genesis`, ");
    expect(page).toContain(" and `form`, ");
  });

  test.each(CODES)("%s: its parts, whether it stands alone, what it weighs, how it is checked", (code) => {
    const row = rows.find((each) => each.code === code);
    const { parts, weight } = EVIDENCE_CODES[code];
    expect(new Set(row?.parts)).toEqual(parts);
    // Accounts are pinned by the block before; where they are not, the chain has to tell them.
    expect(row?.alone).toBe(parts.has("accounts") ? "yes, or with the chain" : "yes");
    expect(row?.weight).toMatch(
      { proves: /^proves$/, suspects: /^suspects$/, either: /^proves if .+, else suspects$/ }[weight],
    );
    expect(row?.wrong).not.toBe("");
    expect(row?.how).not.toBe("");
  });

  test("has every field of a file, and every part", () => {
    const fields = rowsOf(sectionOf(page, "What is in a file").body);
    const { shape } = evidenceFileForm;
    if (shape.kind !== "record") throw new Error("a file is no object");
    expect(fields.map(([field]) => codeOf(field))).toEqual(shape.keys);
    const parts = new Set(CODES.flatMap((code) => [...EVIDENCE_CODES[code].parts]));
    const { body } = sectionOf(page, "What is in a file");
    for (const part of parts) expect(body, part).toContain(`\`${part}\``);
  });

  test("has every offence of a validator", () => {
    const kinds = rowsOf(sectionOf(page, "Evidence against a validator").body).map(([kind]) => codeOf(kind));
    const { shape } = validatorEvidenceForm;
    if (shape.kind !== "tagged") throw new Error("evidence has no kind");
    expect(kinds).toEqual(Object.keys(shape.options));
  });
});
