import { err, ok } from "pos-shared/model/result.ts";
import { describe, expect, it, vi } from "vitest";
import { checkEvidence } from "../../src/replica/evidence/check-evidence.ts";
import { digestOf } from "../../src/replica/evidence/evidence-file.ts";
import { missingOwn } from "../support/absence.ts";

vi.mock(import("pos-shared/crypto/vrf.ts"), async (original) => {
  const { memoizedVrf } = await import("../../../shared/test/support/memoized-vrf.ts");
  return memoizedVrf(original);
});

describe("a receipted proposal that is left out of a round of more than 64 (SPEC §6, §7; RFC 9162 §2.1.3)", () => {
  it.each([
    ["first", 0, 1],
    ["in the middle", 30, 2],
    ["last", -1, 1],
  ])("is proven by its neighbours in the tree, where its key would stand %s", async (_, place, proofs) => {
    const alarm = await missingOwn(place);
    expect(alarm).toMatchObject({
      finding: { rule: "inclusion", actual: "it is not there" },
      isProven: true,
      halts: true,
    });
    expect(alarm.evidence.proofs).toHaveLength(proofs);
    expect(checkEvidence(alarm.evidence)).toMatchObject({ ok: true, value: { isProven: true } });
  });

  it("is a suspicion where the hub shows nothing at all", async () => {
    const alarm = await missingOwn(30, (source) => ({
      ...source,
      prove: async (index, positions, publicKey) =>
        publicKey === null ? ok([]) : source.prove(index, positions, publicKey),
    }));
    expect(alarm).toMatchObject({ finding: { rule: "inclusion" }, isProven: false });
    expect(checkEvidence(alarm.evidence)).toMatchObject({ ok: true, value: { isProven: false } });
  });

  it("is refused where a suspicion says anything that no client finds", async () => {
    const { evidence } = await missingOwn(30, (source) => ({
      ...source,
      prove: async (index, positions, publicKey) =>
        publicKey === null ? ok([]) : source.prove(index, positions, publicKey),
    }));
    for (const changes of [
      { actual: "a theft" },
      { expected: "an honest hub" },
      { expected: `${evidence.expected}0` },
    ]) {
      const { digest: _, ...content } = { ...evidence, ...changes };
      const verdict = checkEvidence({ ...content, digest: digestOf(content) });
      expect(verdict).toEqual(err("it says what no client finds"));
    }
  });

  it("is a suspicion where the connection ends while its neighbours are looked for", async () => {
    let requests = 0;
    const alarm = await missingOwn(30, (source) => ({
      ...source,
      prove: async (...asked) =>
        ++requests > 2 ? err({ kind: "lost", reason: "the connection was cut" }) : source.prove(...asked),
    }));
    expect(alarm).toMatchObject({ finding: { rule: "inclusion" }, isProven: false });
  });
});
