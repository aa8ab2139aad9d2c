import { addressOf, type SecretKey } from "pos-shared/crypto/keys.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { freshName } from "./fresh-name.ts";
import type { IdentityError } from "./identity-error.ts";
import { type IdentityFile, keyOf, pathsOf, writeIdentity } from "./identity-file.ts";
import { releaseLock, takeLock } from "./identity-lock.ts";
import type { ProcessTable } from "./lock-holder.ts";
import { type NetworkFolder, namesOf, storing } from "./network-folder.ts";
import { Receipts } from "./receipts.ts";
import { SigningRecord } from "./signing-record.ts";

/** How many slots a signing record remembers. There may be a thousand bots, each with a record of its own. */
const KEPT_SLOTS = { pane: 1_000, bot: 20 };
const KEPT_RECEIPTS = { pane: 1_000, bot: 20 };

/** An identity whose lock this process has: nobody else signs with its key or writes its files. */
export class HeldIdentity {
  readonly key: SecretKey;
  /** Hex of SHA-256 over the public key (SPEC §1). */
  readonly address: Hex;
  readonly signingRecord: SigningRecord;
  readonly receipts: Receipts;
  readonly #folder: NetworkFolder;
  readonly #processes: ProcessTable;
  #identity: IdentityFile;

  private constructor(
    identity: IdentityFile,
    key: SecretKey,
    signingRecord: SigningRecord,
    receipts: Receipts,
    folder: NetworkFolder,
    processes: ProcessTable,
  ) {
    this.#identity = identity;
    this.key = key;
    this.address = addressOf(key.publicKey);
    this.signingRecord = signingRecord;
    this.receipts = receipts;
    this.#folder = folder;
    this.#processes = processes;
  }

  /** Takes an identity that is free. Only for who has the folder's mutex. @throws the file system's errors */
  static take(
    folder: NetworkFolder,
    identity: IdentityFile,
    processes: ProcessTable,
  ): Result<HeldIdentity, IdentityError> {
    const { file, lock, record, receipts } = pathsOf(folder.path, identity.publicKey);
    const key = keyOf(identity);
    if (key === undefined)
      return err({ code: "IDENTITY_DAMAGED", file, reason: "its seed is not that of its public key" });
    const kind = identity.bot ? "bot" : "pane";
    const signingRecord = SigningRecord.open(record, KEPT_SLOTS[kind]);
    if (!signingRecord.ok) return signingRecord;
    takeLock(lock, processes);
    const held = new Receipts(receipts, KEPT_RECEIPTS[kind]);
    return ok(new HeldIdentity(identity, key, signingRecord.value, held, folder, processes));
  }

  get publicKey(): Hex {
    return this.#identity.publicKey;
  }

  get name(): string {
    return this.#identity.name;
  }

  /** Whether the network has an account of this key, for all that this machine knows. */
  get joined(): boolean {
    return this.#identity.joined;
  }

  get tombstoned(): boolean {
    return this.#identity.tombstoned;
  }

  get createdAt(): string {
    return this.#identity.createdAt;
  }

  /** The network has an account of this key, under this name. */
  markJoined(accountName: string): Result<void, IdentityError> {
    return this.#change({ joined: true, name: accountName });
  }

  /** The network has slashed it: from now on it is chosen only by its name. */
  markTombstoned(): Result<void, IdentityError> {
    return this.#change({ tombstoned: true });
  }

  /**
   * Gives an identity that has not joined another name, for its own is taken in the network.
   *
   * @param suggestion a free name of the network
   * @returns the new name: the suggestion, or the next one where another identity of this machine has that
   * @throws Error if it has joined, for then its name is fixed, and where the suggestion is no name
   */
  rename(suggestion: string): Result<string, IdentityError> {
    if (this.joined) throw new Error(`${this.name} has joined and cannot be renamed`);
    return this.#folder.exclusively(() => {
      const all = this.#folder.read();
      if (!all.ok) return all;
      const name = freshName(
        suggestion,
        namesOf(all.value.identities.filter(({ publicKey }) => publicKey !== this.publicKey)),
      );
      const changed = this.#change({ name });
      return changed.ok ? ok(name) : changed;
    });
  }

  /** Lets other processes have it. Nothing may be signed with it after that. */
  release(): void {
    storing(this.#folder.path, () => ok(releaseLock(pathsOf(this.#folder.path, this.publicKey).lock, this.#processes)));
  }

  #change(changes: Partial<Pick<IdentityFile, "name" | "joined" | "tombstoned">>): Result<void, IdentityError> {
    const changed = { ...this.#identity, ...changes };
    this.#identity = changed;
    return storing(this.#folder.path, () => ok(writeIdentity(this.#folder.path, changed)));
  }
}
