// Evidence is worth what its weakest leaf is worth: each is turned, and the file must be refused.
import { describe, expect, test, vi } from "vitest";
import { leavesOf, type Path, replaceAt } from "../../../shared/test/support/json-tree.ts";
import { otherValues } from "../../../shared/test/support/other-values.ts";
import { checkEvidence } from "../../src/replica/evidence/check-evidence.ts";
import { EVIDENCE_CODES, isEvidenceCode } from "../../src/replica/evidence/evidence-codes.ts";
import { digestOf, type EvidenceFile } from "../../src/replica/evidence/evidence-file.ts";
import { EVIDENCE_OF } from "../support/evidence-of-each-code.ts";

vi.mock(import("pos-shared/crypto/vrf.ts"), async (original) => {
  const { memoizedVrf } = await import("../../../shared/test/support/memoized-vrf.ts");
  return memoizedVrf(original);
});

const CODES = Object.keys(EVIDENCE_CODES).filter(isEvidenceCode);

/** What nobody signed, and what is no part of the proof. */
const isFree = (path: Path): boolean => path[0] === "createdAt" || path[0] === "digest";

function others(value: unknown): unknown[] {
  // An empty list or null has no other value that is less than a whole new part.
  if (value === null || typeof value === "object") return [];
  return otherValues(value);
}

/** As somebody would change it who knows how the digest is made. */
function withNewDigest(file: EvidenceFile): EvidenceFile {
  const { digest: _, ...content } = file;
  return { ...content, digest: digestOf(content) };
}

describe.each(CODES)("evidence of %s", (code) => {
  test("is confirmed as it was made, and weighs what its code can weigh", async () => {
    const file = await EVIDENCE_OF[code]();
    const verdict = checkEvidence(JSON.parse(JSON.stringify(file)));
    expect(verdict, JSON.stringify(verdict)).toMatchObject({
      ok: true,
      value: { finding: { rule: code }, needsChain: null },
    });
    // Each of the rest is made here as the hub itself sealed it.
    expect(file.proven).toBe(EVIDENCE_CODES[code].weight !== "suspects");
  });

  test("is refused with any leaf changed", async () => {
    const file = await EVIDENCE_OF[code]();
    for (const { path, value } of leavesOf(file)) {
      const [other] = others(value);
      if (other === undefined) continue;
      const verdict = checkEvidence(replaceAt(file, path, other));
      expect(verdict.ok, path.join(".")).toBe(false);
    }
  });

  test("is refused with any leaf changed and the digest made anew, if it is called proven", async () => {
    const file = await EVIDENCE_OF[code]();
    if (!file.proven) return;
    for (const { path, value } of leavesOf(file)) {
      if (isFree(path)) continue;
      for (const other of others(value)) {
        const changed = withNewDigest(replaceAt(file, path, other) as EvidenceFile);
        const verdict = checkEvidence(changed);
        expect(verdict.ok, `${path.join(".")}: ${JSON.stringify(other)}`).toBe(false);
        if (!verdict.ok) expect(verdict.error, path.join(".")).not.toBe("");
      }
    }
  });
});
