/**
 * The identities of this machine in one network, and who gets which (DESIGN §10): every pane is a validator of its own
 * without being told, and the same pane restarted gets its identity back.
 */
import { secretKeyFromSeed } from "pos-shared/crypto/keys.ts";
import { type Hex, toHex } from "pos-shared/encoding/hex.ts";
import { foldName } from "pos-shared/model/name.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { freshName, nameFromUser, numberedName } from "./fresh-name.ts";
import { HeldIdentity } from "./held-identity.ts";
import type { IdentityError } from "./identity-error.ts";
import { type IdentityFile, pathsOf, writeIdentity } from "./identity-file.ts";
import { holderOf } from "./identity-lock.ts";
import type { IdentitySystem } from "./identity-system.ts";
import type { LockHolder } from "./lock-holder.ts";
import { type NetworkFolder, namesOf, openNetworkFolder, storing } from "./network-folder.ts";
import { createSigningRecord } from "./signing-record.ts";

const SEED_BYTES = 32;
const BOT = "bot";

export interface IdentitiesOptions {
  /** The profile's folder, as in `ClientConfig`. */
  readonly homeDir: string;
  readonly chainId: Hex;
  readonly system: IdentitySystem;
}

/** An identity without its secret. */
export interface IdentityFacts extends Omit<IdentityFile, "seed" | "version" | "number" | "madeFor"> {
  /** Who holds it now, or null. */
  readonly holder: LockHolder | null;
}

export interface Identities {
  /**
   * Takes the identity that a client without bots runs as, and makes it where there is none. With a name: the one of
   * that name (or that was made for it and had to be renamed), tombstoned or not. Without: the first in the order of
   * creation that no running client holds, that is not tombstoned and no bot's.
   */
  readonly acquire: (name: string | null) => Result<HeldIdentity, IdentityError>;
  /** Takes so many identities for `--bots`, the first free ones in the order of creation, and makes those that lack. */
  readonly acquireBots: (count: number) => Result<readonly HeldIdentity[], IdentityError>;
  /** All of them, in the order of creation. */
  readonly list: () => Result<readonly IdentityFacts[], IdentityError>;
}

/** Touches the disk only when it is asked for something. */
export function openIdentities({ homeDir, chainId, system }: IdentitiesOptions): Identities {
  const folder = openNetworkFolder(homeDir, chainId);
  return {
    acquire: (name) => folder.exclusively(() => acquire(folder, system, name)),
    acquireBots: (count) => folder.exclusively(() => acquireBots(folder, system, count)),
    list: () => list(folder, system),
  };
}

function acquire(
  folder: NetworkFolder,
  system: IdentitySystem,
  name: string | null,
): Result<HeldIdentity, IdentityError> {
  const read = folder.read();
  if (!read.ok) return read;
  const all = read.value;
  const take = (identity: IdentityFile) => HeldIdentity.take(folder, identity, system.processes);
  const make = (wanted: string) => take(create(folder, system, all, wanted, false));

  if (name === null) {
    const free = all.find((identity) => !identity.bot && isFree(folder, system, identity));
    return free === undefined ? make(freshName(nameFromUser(system.userName), namesOf(all))) : take(free);
  }
  const wanted = foldName(name);
  const named = all.find((identity) => foldName(identity.name) === wanted);
  const madeFor = all.find((identity) => !identity.bot && foldName(identity.madeFor) === wanted);
  const found = named ?? madeFor;
  if (found === undefined) return make(name);
  const { lock } = pathsOf(folder.path, found.publicKey);
  const holder = holderOf(lock, system.processes);
  return holder === undefined
    ? take(found)
    : err({ code: "IDENTITY_IN_USE", name: found.name, holder, lockFile: lock });
}

function acquireBots(
  folder: NetworkFolder,
  system: IdentitySystem,
  count: number,
): Result<readonly HeldIdentity[], IdentityError> {
  const read = folder.read();
  if (!read.ok) return read;
  const chosen = read.value.filter((identity) => identity.bot && isFree(folder, system, identity)).slice(0, count);
  const all = [...read.value];
  const taken = namesOf(all);
  while (chosen.length < count) {
    const made = create(folder, system, all, numberedName(BOT, 1, taken), true);
    taken.add(foldName(made.name));
    all.push(made);
    chosen.push(made);
  }
  const bots: HeldIdentity[] = [];
  for (const identity of chosen) {
    const bot = HeldIdentity.take(folder, identity, system.processes);
    if (!bot.ok) {
      for (const held of bots) held.release();
      return bot;
    }
    bots.push(bot.value);
  }
  return ok(bots);
}

function isFree(folder: NetworkFolder, system: IdentitySystem, { publicKey, tombstoned }: IdentityFile): boolean {
  return !tombstoned && holderOf(pathsOf(folder.path, publicKey).lock, system.processes) === undefined;
}

/** Its record first: an identity without one could not tell what it signed. */
function create(
  folder: NetworkFolder,
  system: IdentitySystem,
  all: readonly IdentityFile[],
  name: string,
  bot: boolean,
): IdentityFile {
  const seed = system.randomBytes(SEED_BYTES);
  const identity: IdentityFile = {
    version: 1,
    chainId: folder.chainId,
    name,
    madeFor: name,
    publicKey: secretKeyFromSeed(seed).publicKey,
    seed: toHex(seed),
    createdAt: new Date(system.nowMs()).toISOString(),
    joined: false,
    tombstoned: false,
    bot,
    number: nextNumber(all),
  };
  createSigningRecord(pathsOf(folder.path, identity.publicKey).record);
  writeIdentity(folder.path, identity);
  return identity;
}

export function nextNumber(all: readonly IdentityFile[]): number {
  return (all.at(-1)?.number ?? 0) + 1;
}

function list(folder: NetworkFolder, system: IdentitySystem): Result<readonly IdentityFacts[], IdentityError> {
  const read = folder.read();
  if (!read.ok) return read;
  return storing(folder.path, () => ok(read.value.map((identity) => factsOf(folder, system, identity))));
}

export function factsOf(folder: NetworkFolder, { processes }: IdentitySystem, identity: IdentityFile): IdentityFacts {
  const { chainId, name, publicKey, createdAt, joined, tombstoned, bot } = identity;
  const holder = holderOf(pathsOf(folder.path, publicKey).lock, processes) ?? null;
  return { chainId, name, publicKey, createdAt, joined, tombstoned, bot, holder };
}
