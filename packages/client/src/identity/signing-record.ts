import { existsSync, readFileSync } from "node:fs";
import { leafHash } from "pos-shared/crypto/merkle.ts";
import { type Hex, toHex } from "pos-shared/encoding/hex.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { appendDurably, replaceFile } from "./durable-file.ts";
import { type IdentityFileError, type SigningError, storageFailure } from "./identity-error.ts";
import {
  EMPTY_JOURNAL,
  forgetOld,
  judgeEntry,
  lineOfDoubt,
  lineOfEntry,
  parseJournal,
  type SignedEntry,
  type SigningJournal,
  textOfJournal,
  withDoubt,
  withEntry,
} from "./signing-journal.ts";

/** How much more than what is kept a record holds before it is written anew without the oldest. */
const SLACK = 1.25;

/** Writes the record that an identity starts with. @throws the file system's errors */
export function createSigningRecord(file: string, journal: SigningJournal = EMPTY_JOURNAL): void {
  replaceFile(file, textOfJournal(journal));
}

/**
 * What one key has signed, by signing slot (as the consensus rule names it, for the lottery `proposal/12`), on the disk,
 * so that it never signs two different things for one slot, whenever the program dies (DESIGN §7). One writer at a time:
 * the holder of the identity's lock.
 */
export class SigningRecord {
  readonly #file: string;
  readonly #keep: number;
  #journal = EMPTY_JOURNAL;
  /** Bytes of the file while it is known to hold just the journal; undefined after a write that failed. */
  #sizeBytes: number | undefined;

  private constructor(file: string, keep: number) {
    this.#file = file;
    this.#keep = keep;
  }

  /** @param keep how many slots are remembered at least; what is older is refused as forgotten */
  static open(file: string, keep: number): Result<SigningRecord, IdentityFileError> {
    const record = new SigningRecord(file, keep);
    const loaded = record.#attempt(() => record.#load());
    return loaded.ok ? ok(record) : loaded;
  }

  /** What was signed for a slot, to be sent again. */
  find(slot: string): SignedEntry | undefined {
    return this.#journal.entries.get(slot);
  }

  /**
   * Puts what was signed for a slot on the disk. Only if this answers ok may it be sent. The same again is ok.
   *
   * @param leaf hex of leaf(proposal), SPEC §4
   * @throws RangeError if it is another one's
   */
  record(slot: string, leaf: Hex, proposal: Proposal): Result<void, SigningError> {
    if (toHex(leafHash(proposal)) !== leaf) throw new RangeError(`not the leaf of the proposal for ${slot}`);
    return this.#attempt(() => this.#add({ slot, leaf, proposal }));
  }

  /** Reads the file, and mends what a crash left of it. */
  #load(): Result<void, IdentityFileError> {
    if (!existsSync(this.#file)) return this.#unusable("it is missing, so what was signed is not known");
    const text = readFileSync(this.#file, "utf8");
    const parsed = parseJournal(text);
    if (!parsed.ok) return this.#unusable(parsed.error);
    this.#journal = parsed.value.journal;
    if (parsed.value.torn) this.#replace(this.#journal);
    else this.#sizeBytes = Buffer.byteLength(text);
    return ok(undefined);
  }

  #add(entry: SignedEntry): Result<void, SigningError> {
    if (this.#sizeBytes === undefined) {
      const loaded = this.#load();
      if (!loaded.ok) return loaded;
      // What can be read after a failed write is not yet on the disk.
      this.#replace(this.#journal);
    }
    const judged = judgeEntry(this.#journal, entry);
    if (!judged.ok) {
      if (judged.error.code === "SLOT_IN_DOUBT") this.#settleDoubt(entry.slot);
      return judged;
    }
    if (judged.value === "known") return ok(undefined);
    const appended = this.#append(lineOfEntry(entry));
    if (!appended.ok) return appended;
    this.#journal = withEntry(this.#journal, entry);
    this.#forget();
    return ok(undefined);
  }

  /** An open doubt is about the slot that was asked for: the rounds after it can be signed for again. */
  #settleDoubt(slot: string): void {
    if (this.#journal.doubts.has(slot)) return;
    const doubt = { doubt: slot, whole: true };
    this.#journal = withDoubt(this.#journal, doubt);
    // If this fails the doubt is still open after a restart, which is as safe.
    this.#attempt(() => this.#append(lineOfDoubt(doubt)));
  }

  #forget(): void {
    if (this.#journal.entries.size <= this.#keep * SLACK) return;
    // If this fails the file stays as long as it is, and the next entry tries again.
    this.#attempt(() => ok(this.#replace(forgetOld(this.#journal, this.#keep))));
  }

  #append(line: string): Result<void, IdentityFileError> {
    const sizeBytes = this.#sizeBytes ?? 0;
    this.#sizeBytes = undefined;
    const grown = appendDurably(this.#file, line, sizeBytes);
    this.#sizeBytes = grown ?? sizeBytes;
    return grown === undefined ? this.#unusable("another process writes to it") : ok(undefined);
  }

  #replace(journal: SigningJournal): void {
    this.#sizeBytes = undefined;
    const text = textOfJournal(journal);
    replaceFile(this.#file, text);
    this.#journal = journal;
    this.#sizeBytes = Buffer.byteLength(text);
  }

  #unusable(reason: string): Result<never, IdentityFileError> {
    return err({ code: "IDENTITY_DAMAGED", file: this.#file, reason });
  }

  #attempt<T, E>(action: () => Result<T, E>): Result<T, E | IdentityFileError> {
    try {
      return action();
    } catch (error) {
      return err(storageFailure(error, this.#file));
    }
  }
}
