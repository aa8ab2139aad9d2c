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
import { mayBeNamed, type NetworkFolder, namesOf, openNetworkFolder, storing } from "./network-folder.ts";
import { createSigningRecord } from "./signing-record.ts";

const SEED_BYTES = 32;
const BOT = "bot";

export interface IdentitiesOptions {
  /** The profile's folder, as in `ClientConfig`. */
  readonly homeDir: string;
  readonly chainId: Hex;
  readonly system: IdentitySystem;
  /** Told of each damaged identity that would have been one of those asked for. */
  readonly passedBy?: (error: IdentityError) => void;
}

interface Place {
  readonly folder: NetworkFolder;
  readonly system: IdentitySystem;
  readonly passedBy: (error: IdentityError) => void;
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
   * creation that no running client holds, that is not tombstoned, no bot's and not damaged. A damaged one is an error
   * where it may be the one that was asked for and there is no other.
   */
  readonly acquire: (name: string | null) => Result<HeldIdentity, IdentityError>;
  /** Takes so many identities for `--bots`, the first free ones in the order of creation, and makes those that lack. */
  readonly acquireBots: (count: number) => Result<readonly HeldIdentity[], IdentityError>;
  /** All of them, in the order of creation. */
  readonly list: () => Result<readonly IdentityFacts[], IdentityError>;
}

/** Touches the disk only when it is asked for something. */
export function openIdentities({ homeDir, chainId, system, passedBy = () => {} }: IdentitiesOptions): Identities {
  const folder = openNetworkFolder(homeDir, chainId);
  const place = { folder, system, passedBy };
  return {
    acquire: (name) => folder.exclusively(() => acquire(place, name)),
    acquireBots: (count) => folder.exclusively(() => acquireBots(place, count)),
    list: () => list(place),
  };
}

function acquire(place: Place, name: string | null): Result<HeldIdentity, IdentityError> {
  const { folder, system } = place;
  const read = folder.read();
  if (!read.ok) return read;
  const { identities: all, damaged } = read.value;
  const make = (wanted: string) => take(place, create(folder, system, all, wanted, false));

  if (name === null) {
    const passedBy = damaged.filter((one) => one.bot !== true && !isHeld(place, one)).map(({ error }) => error);
    const [taken] = takeFree(
      place,
      all.filter(({ bot }) => !bot),
      1,
      passedBy,
    );
    if (taken !== undefined) {
      for (const error of passedBy) place.passedBy(error);
      return ok(taken);
    }
    // No other one is made in the stead of one that is damaged.
    const [first] = passedBy;
    return first === undefined ? make(freshName(nameFromUser(system.userName), namesOf(all))) : err(first);
  }
  const wanted = foldName(name);
  const named = all.find((identity) => foldName(identity.name) === wanted);
  const madeFor = all.find((identity) => !identity.bot && foldName(identity.madeFor) === wanted);
  const found = named ?? madeFor;
  if (found === undefined) {
    const hindrance = damaged.find((one) => mayBeNamed(one, name));
    return hindrance === undefined ? make(name) : err(hindrance.error);
  }
  const { lock } = pathsOf(folder.path, found.publicKey);
  const holder = holderOf(lock, system.processes);
  return holder === undefined
    ? take(place, found)
    : err({ code: "IDENTITY_IN_USE", name: found.name, holder, lockFile: lock });
}

function acquireBots(place: Place, count: number): Result<readonly HeldIdentity[], IdentityError> {
  const { folder, system } = place;
  const read = folder.read();
  if (!read.ok) return read;
  const all = [...read.value.identities];
  const passedBy = read.value.damaged
    .filter((one) => one.bot !== false && !isHeld(place, one))
    .map(({ error }) => error);
  const bots = takeFree(
    place,
    all.filter(({ bot }) => bot),
    count,
    passedBy,
  );
  const taken = namesOf(all);
  while (bots.length < count) {
    const made = create(folder, system, all, numberedName(BOT, 1, taken), true);
    taken.add(foldName(made.name));
    all.push(made);
    const bot = take(place, made);
    if (!bot.ok) {
      for (const held of bots) held.release();
      return bot;
    }
    bots.push(bot.value);
  }
  for (const error of passedBy) place.passedBy(error);
  return ok(bots);
}

/** Takes the first `count` that are free, and adds to `passedBy` those that are damaged. */
function takeFree(
  place: Place,
  identities: readonly IdentityFile[],
  count: number,
  passedBy: IdentityError[],
): HeldIdentity[] {
  const taken: HeldIdentity[] = [];
  for (const identity of identities) {
    if (taken.length === count) break;
    if (identity.tombstoned || isHeld(place, identity)) continue;
    const held = take(place, identity);
    if (held.ok) taken.push(held.value);
    else passedBy.push(held.error);
  }
  return taken;
}

function take({ folder, system }: Place, identity: IdentityFile): Result<HeldIdentity, IdentityError> {
  return HeldIdentity.take(folder, identity, system.processes);
}

function isHeld({ folder, system }: Place, { publicKey }: { readonly publicKey: Hex }): boolean {
  return holderOf(pathsOf(folder.path, publicKey).lock, system.processes) !== undefined;
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

function list({ folder, system, passedBy }: Place): Result<readonly IdentityFacts[], IdentityError> {
  const read = folder.read();
  if (!read.ok) return read;
  for (const { error } of read.value.damaged) passedBy(error);
  return storing(folder.path, () => ok(read.value.identities.map((identity) => factsOf(folder, system, identity))));
}

export function factsOf(folder: NetworkFolder, { processes }: IdentitySystem, identity: IdentityFile): IdentityFacts {
  const { chainId, name, publicKey, createdAt, joined, tombstoned, bot } = identity;
  const holder = holderOf(pathsOf(folder.path, publicKey).lock, processes) ?? null;
  return { chainId, name, publicKey, createdAt, joined, tombstoned, bot, holder };
}
