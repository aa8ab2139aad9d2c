/** Why the store could not do what it was asked; `words/` turns it into a sentence. */
export type StoreErrorCode =
  /** The disk, or the user's share of it, is full. Nothing was kept; the same may work later. */
  | "STORE_FULL"
  /** What is stored contradicts itself or cannot be read. */
  | "STORE_DAMAGED"
  /** It lacks what it once held: its log was cut off, or an older copy was put in its place. */
  | "STORE_BEHIND"
  /** Written by a newer version of this program. */
  | "STORE_NEWER"
  /** A file that is no store of this program. */
  | "STORE_FOREIGN"
  /** The file may not be written. */
  | "STORE_READ_ONLY"
  /** The copy could not be made; the store itself is well. */
  | "BACKUP_FAILED"
  /** Anything else that the operating system or SQLite refused. */
  | "STORE_FAILED";

export interface StoreFault {
  readonly code: StoreErrorCode;
  /** What was looked at, as in `block 7`; where the system refused, what it said. */
  readonly what: string;
  readonly expected?: string | number;
  readonly actual?: string | number;
}

/** A failure of the store. Whatever was to be committed is not kept, and the store can be used on. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly fault: StoreFault;

  constructor(fault: StoreFault, options?: ErrorOptions) {
    super(`${fault.code}: ${fault.what}`, options);
    this.fault = fault;
  }

  get code(): StoreErrorCode {
    return this.fault.code;
  }
}

/** SQLite's primary result codes (https://sqlite.org/rescode.html); the low byte of an extended one. */
const SQLITE_READONLY = 8;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_CONSTRAINT = 19;
const SQLITE_NOTADB = 26;

/**
 * What SQLite threw, as a StoreError. A broken constraint is a mistake of this program and stays what it is, as does
 * everything that is no error of SQLite.
 */
export function toStoreError(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || !("errcode" in thrown) || typeof thrown.errcode !== "number") return thrown;
  const what = "errstr" in thrown && typeof thrown.errstr === "string" ? thrown.errstr : thrown.message;
  switch (thrown.errcode & 0xff) {
    case SQLITE_FULL:
      return new StoreError({ code: "STORE_FULL", what }, { cause: thrown });
    case SQLITE_CORRUPT:
      return new StoreError({ code: "STORE_DAMAGED", what }, { cause: thrown });
    case SQLITE_NOTADB:
      return new StoreError({ code: "STORE_FOREIGN", what }, { cause: thrown });
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return new StoreError({ code: "STORE_READ_ONLY", what }, { cause: thrown });
    case SQLITE_CONSTRAINT:
      return thrown;
    default:
      return new StoreError({ code: "STORE_FAILED", what }, { cause: thrown });
  }
}

/** Runs what talks to SQLite; its errors come out as StoreErrors. */
export function asStoreErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw toStoreError(thrown);
  }
}
