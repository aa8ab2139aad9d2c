/** Why the store could not do what it was asked; `words/` turns it into a sentence. */
export type StoreErrorCode =
  /** The disk, or the user's share of it, is full. Nothing was kept; the same may work later. */
  | "STORE_FULL"
  /** The system refused to write: the disk or the user's share of it is full, a limit is reached, or the disk fails. */
  | "STORE_UNWRITTEN"
  /** Its tables are of an earlier version, and there is no room to bring them up to date: `expected` bytes of room are
   * needed, `actual` bytes are free (left out where the system refused all the same). It is as it was. */
  | "UPGRADE_NEEDS_ROOM"
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
const SQLITE_ERROR = 1;
const SQLITE_READONLY = 8;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_CONSTRAINT = 19;
const SQLITE_NOTADB = 26;
/** Extended ones: a file could not be written, or the shared memory beside it not be made as large as is needed. */
const SQLITE_IOERR_WRITE = 778;
const SQLITE_IOERR_SHMSIZE = 4874;

/** Said of tables that are not those that the version in the file promises. */
const WRONG_TABLES = /^no such (table|column)|^there is already |already exists$/;

/**
 * What SQLite threw, as a StoreError. A broken constraint is a mistake of this program and stays what it is, as does
 * everything that is no error of SQLite.
 */
export function toStoreError(thrown: unknown): unknown {
  const errcode = sqliteCodeOf(thrown);
  if (errcode === undefined || !(thrown instanceof Error)) return thrown;
  const what = "errstr" in thrown && typeof thrown.errstr === "string" ? thrown.errstr : thrown.message;
  if (errcode === SQLITE_IOERR_WRITE || errcode === SQLITE_IOERR_SHMSIZE)
    return new StoreError({ code: "STORE_UNWRITTEN", what }, { cause: thrown });
  switch (errcode & 0xff) {
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
    case SQLITE_ERROR:
      if (WRONG_TABLES.test(thrown.message)) {
        return new StoreError({ code: "STORE_DAMAGED", what: thrown.message }, { cause: thrown });
      }
      return new StoreError({ code: "STORE_FAILED", what }, { cause: thrown });
    default:
      return new StoreError({ code: "STORE_FAILED", what }, { cause: thrown });
  }
}

/** Is it a broken constraint, such as a value that must be there and is not? */
export function isConstraintError(thrown: unknown): thrown is Error {
  return ((sqliteCodeOf(thrown) ?? 0) & 0xff) === SQLITE_CONSTRAINT;
}

/** SQLite's extended result code; undefined for what is no error of SQLite. */
function sqliteCodeOf(thrown: unknown): number | undefined {
  const isOfSqlite = thrown instanceof Error && "errcode" in thrown && typeof thrown.errcode === "number";
  return isOfSqlite ? (thrown.errcode as number) : undefined;
}

/** Runs what talks to SQLite; its errors come out as StoreErrors. */
export function asStoreErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw toStoreError(thrown);
  }
}
