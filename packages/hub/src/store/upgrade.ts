import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { checkStoredState } from "./check-stored-state.ts";
import { schemaVersionOf } from "./database.ts";
import { integerIn, oneRow } from "./rows.ts";
import { SCHEMA_VERSION, UPGRADES } from "./schema.ts";
import { asStoreErrors, isConstraintError, StoreError } from "./store-error.ts";
import type { StoreReader } from "./store-reader.ts";
import { transactionsOn } from "./transaction.ts";

/** A copy's pages in relation to the texts in them: 1.09 for a million of the usual length, and a little more for others. */
const PAGES_PER_TEXT = 1.15;

/**
 * Gives a database of an earlier version the tables of this one, whole or not at all. What is damaged, or lacks the room,
 * is refused before anything is written; whatever fails later, `kill -9` included, leaves the database as it was.
 *
 * @param reader one on this database
 * @param path where it lies
 * @param onUpgrade told before it is begun, as it may take minutes: a second for each 100,000 proposals
 * @throws StoreError UPGRADE_NEEDS_ROOM, STORE_DAMAGED, or another
 */
export function upgradeDatabase(
  database: DatabaseSync,
  reader: StoreReader,
  path: string,
  onUpgrade: () => void = () => {},
): void {
  const version = schemaVersionOf(database);
  if (version === SCHEMA_VERSION) return;
  checkStoredState(reader.network, reader.readState());
  const neededBytes = roomForCopy(database, checkProposals(database));
  checkRoom(path, neededBytes);
  onUpgrade();
  try {
    runSteps(database, version);
  } catch (thrown) {
    throw faultOfUpgrade(thrown, neededBytes);
  }
}

/** One version after the other. */
function runSteps(database: DatabaseSync, from: number): void {
  transactionsOn(database)(() => {
    for (const step of UPGRADES) if (step.from >= from) database.exec(step.sql);
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
}

/**
 * Also of rounds long past, which nothing else looks at before `verify`: what is damaged is not copied as if it were not.
 *
 * @returns bytes of their texts
 */
function checkProposals(database: DatabaseSync): number {
  return asStoreErrors(() => {
    // One pass over them all.
    const row = oneRow(
      database.prepare(
        `SELECT min(arrival) FILTER (WHERE json_valid(json) IS NOT 1) AS bad,
           coalesce(sum(octet_length(json) + coalesce(octet_length(receipt), 0)), 0) AS bytes
         FROM proposals`,
      ),
      "proposals",
    );
    if (row.bad === null) return integerIn(row, "bytes");
    const bad = integerIn(row, "bad");
    const { round } = oneRow(database.prepare("SELECT round FROM proposals WHERE arrival = ?"), "proposals", bad);
    const what = `proposal ${bad} of round ${round}`;
    throw new StoreError({ code: "STORE_DAMAGED", what, expected: "JSON text", actual: "something else" });
  });
}

/** Bytes that a copy of such texts takes until it is done: once in the log, once where the file grows. */
function roomForCopy(database: DatabaseSync, textBytes: number): number {
  const free = asStoreErrors(() =>
    oneRow(
      database.prepare("SELECT freelist_count * page_size AS bytes FROM pragma_freelist_count, pragma_page_size"),
      "pages",
    ),
  );
  const copy = Math.ceil(textBytes * PAGES_PER_TEXT);
  return copy + Math.max(0, copy - integerIn(free, "bytes"));
}

function checkRoom(path: string, neededBytes: number): void {
  const { bavail, bsize, blocks } = statfsSync(dirname(path));
  const freeBytes = bavail * bsize;
  // Some file systems tell nothing of their room.
  if (blocks === 0 || freeBytes >= neededBytes) return;
  const what = "room beside it";
  throw new StoreError({ code: "UPGRADE_NEEDS_ROOM", what, expected: neededBytes, actual: freeBytes });
}

function faultOfUpgrade(thrown: unknown, neededBytes: number): unknown {
  // The tables of an earlier version hold what those of this one allow; what does not is no mistake of this program.
  if (isConstraintError(thrown)) {
    return new StoreError({ code: "STORE_DAMAGED", what: thrown.message }, { cause: thrown });
  }
  if (!(thrown instanceof StoreError) || (thrown.code !== "STORE_FULL" && thrown.code !== "STORE_UNWRITTEN")) {
    return thrown;
  }
  const { what } = thrown.fault;
  return new StoreError({ code: "UPGRADE_NEEDS_ROOM", what, expected: neededBytes }, { cause: thrown });
}
