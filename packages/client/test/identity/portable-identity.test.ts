// DESIGN §10: keys leave a machine on explicit request only, and with all that they must not forget.
import { expect, it } from "vitest";
import { openIdentities } from "../../src/identity/identities.ts";
import { exportIdentity, importIdentity, parsePortable } from "../../src/identity/portable-identity.ts";
import { CHAIN, codeOf, fakeProcess, granted, signedEntry } from "../support/identities.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const { system } = fakeProcess(new Set());

function homeWithAnna() {
  const homeDir = temporaryHome();
  const held = granted(openIdentities({ homeDir, chainId: CHAIN, system }).acquire("anna"));
  const { slot, leaf, proposal } = signedEntry(12);
  granted(held.signingRecord.record(slot, leaf, proposal));
  return { homeDir, held, exported: granted(exportIdentity({ homeDir, chainId: CHAIN }, "Anna")) };
}

it("takes an identity to another machine with its key, its name and what it signed", () => {
  const { held, exported } = homeWithAnna();
  const homeDir = temporaryHome();
  const facts = granted(importIdentity(homeDir, system, granted(parsePortable(JSON.stringify(exported)))));
  expect(facts).toMatchObject({ name: "anna", publicKey: held.publicKey, holder: null });
  expect(facts).not.toHaveProperty("seed");

  const moved = granted(openIdentities({ homeDir, chainId: CHAIN, system }).acquire("anna"));
  expect(moved.publicKey).toBe(held.publicKey);
  expect(moved.key.seed).toEqual(held.key.seed);
  expect(moved.signingRecord.find("proposal/12")).toEqual(signedEntry(12));
  const other = signedEntry(12, 99);
  expect(codeOf(moved.signingRecord.record(other.slot, other.leaf, other.proposal))).toBe("ALREADY_SIGNED");
});

it("refuses a key that is there already, and a name", () => {
  const { homeDir, exported } = homeWithAnna();
  expect(importIdentity(homeDir, system, exported)).toEqual({
    ok: false,
    error: { code: "IDENTITY_KEY_EXISTS", name: "anna" },
  });
  const other = homeWithAnna().exported;
  expect(importIdentity(homeDir, system, other)).toEqual({
    ok: false,
    error: { code: "IDENTITY_NAME_EXISTS", name: "anna" },
  });
});

it("refuses what is no exported identity, and says where", () => {
  const { exported } = homeWithAnna();
  const reasonOf = (content: string) => {
    const parsed = parsePortable(content);
    return parsed.ok || parsed.error.code !== "IDENTITY_MALFORMED" ? "" : parsed.error.reason;
  };
  expect(reasonOf("not json")).toBe("it is not JSON");
  expect(reasonOf("[]")).toMatch(/^its content should be an object/);
  expect(reasonOf(JSON.stringify({ ...exported, seed: "00" }))).toMatch(/^seed should be 64 lowercase hex digits/);
  expect(reasonOf(JSON.stringify({ ...exported, seed: "0".repeat(64) }))).toBe(
    "its seed is not that of its public key",
  );
  expect(reasonOf(JSON.stringify({ ...exported, extra: 1 }))).toBe(
    "extra should be no such key, but is an unknown key",
  );
});

it("says that there is no identity of a name", () => {
  const { homeDir } = homeWithAnna();
  expect(codeOf(exportIdentity({ homeDir, chainId: CHAIN }, "bob"))).toBe("IDENTITY_UNKNOWN");
});
