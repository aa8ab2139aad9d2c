/** An identity as one JSON object, with all that it must not forget, to be taken to another machine. */
import { readFileSync } from "node:fs";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { boolean, conforms, integer, list, type Of, record, text } from "pos-shared/model/form.ts";
import { foldName } from "pos-shared/model/name.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { factsOf, type IdentityFacts, nextNumber } from "./identities.ts";
import type { IdentityError } from "./identity-error.ts";
import { describeFault, identityFields, keyOf, parseJson, pathsOf, writeIdentity } from "./identity-file.ts";
import type { IdentitySystem } from "./identity-system.ts";
import { mayBeNamed, openNetworkFolder, storing } from "./network-folder.ts";
import { parseJournal, signedEntryForm } from "./signing-journal.ts";
import { createSigningRecord } from "./signing-record.ts";

const portableForm = record({
  ...identityFields,
  signed: record({
    forgottenThrough: integer(),
    entries: list(signedEntryForm),
    doubts: list(record({ slot: text(128), whole: boolean })),
  }),
});

export type PortableIdentity = Of<typeof portableForm>;

interface Place {
  readonly homeDir: string;
  readonly chainId: Hex;
}

/** The identity of a name with its secret. It stays where it is; whoever runs both copies gets slashed. */
export function exportIdentity({ homeDir, chainId }: Place, name: string): Result<PortableIdentity, IdentityError> {
  const folder = openNetworkFolder(homeDir, chainId);
  const all = folder.read();
  if (!all.ok) return all;
  const { identities, damaged } = all.value;
  const found = identities.find((identity) => foldName(identity.name) === foldName(name));
  if (found === undefined) {
    const hindrance = damaged.find((one) => mayBeNamed(one, name));
    return err(hindrance?.error ?? { code: "IDENTITY_UNKNOWN", name });
  }
  const { number: _, ...identity } = found;
  const { record: file } = pathsOf(folder.path, identity.publicKey);
  return storing(folder.path, () => {
    const parsed = parseJournal(readFileSync(file, "utf8"));
    if (!parsed.ok) return err({ code: "IDENTITY_DAMAGED", file, reason: parsed.error });
    const { entries, doubts, openDoubts, forgottenThrough } = parsed.value.journal;
    return ok({
      ...identity,
      signed: {
        forgottenThrough,
        entries: [...entries.values()],
        doubts: [
          ...[...doubts].map((slot) => ({ slot, whole: true })),
          ...openDoubts.map((slot) => ({ slot, whole: false })),
        ],
      },
    });
  });
}

/** Reads what `exportIdentity` gave. */
export function parsePortable(content: string): Result<PortableIdentity, IdentityError> {
  const parsed = parseJson(content);
  if (!conforms(portableForm, parsed))
    return err({ code: "IDENTITY_MALFORMED", reason: describeFault(portableForm, parsed) });
  if (keyOf(parsed) === undefined)
    return err({ code: "IDENTITY_MALFORMED", reason: "its seed is not that of its public key" });
  return ok(parsed);
}

/** Adds an identity to its network's on this machine. */
export function importIdentity(
  homeDir: string,
  system: IdentitySystem,
  { signed, ...identity }: PortableIdentity,
): Result<IdentityFacts, IdentityError> {
  const folder = openNetworkFolder(homeDir, identity.chainId);
  return folder.exclusively(() => {
    const all = folder.read();
    if (!all.ok) return all;
    const { identities, damaged } = all.value;
    const broken = damaged.find(({ publicKey }) => publicKey === identity.publicKey);
    if (broken !== undefined) return err(broken.error);
    const same = identities.find(({ publicKey }) => publicKey === identity.publicKey);
    if (same !== undefined) return err({ code: "IDENTITY_KEY_EXISTS", name: same.name });
    if (identities.some(({ name }) => foldName(name) === foldName(identity.name)))
      return err({ code: "IDENTITY_NAME_EXISTS", name: identity.name });
    createSigningRecord(pathsOf(folder.path, identity.publicKey).record, {
      entries: new Map(signed.entries.map((entry) => [entry.slot, entry])),
      doubts: new Set(signed.doubts.filter(({ whole }) => whole).map(({ slot }) => slot)),
      openDoubts: signed.doubts.filter(({ whole }) => !whole).map(({ slot }) => slot),
      forgottenThrough: signed.forgottenThrough,
    });
    const imported = { ...identity, number: nextNumber(identities) };
    writeIdentity(folder.path, imported);
    return ok(factsOf(folder, system, imported));
  });
}
