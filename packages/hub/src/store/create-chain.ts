import { renameSync, rmSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { accountsOf, genesisLedger } from "pos-shared/ledger/ledger.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import { makeDatabase } from "./database.ts";
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from "./schema.ts";
import { asStoreErrors } from "./store-error.ts";
import { transactionsOn } from "./transaction.ts";

/**
 * Makes a new chain in a file. The file is there when all of it is.
 *
 * @throws StoreError, or the operating system's error
 */
export function createChainFile(path: string, genesis: Genesis): void {
  const unfinished = `${path}.new`;
  for (const ending of ["", "-wal", "-shm"]) rmSync(unfinished + ending, { force: true });
  const database = makeDatabase(unfinished);
  try {
    createChain(database, genesis);
  } finally {
    // Writes the log into the database, and both to the disk.
    asStoreErrors(() => database.close());
  }
  renameSync(unfinished, path);
}

/**
 * Fills an empty database with a new chain, whole or not at all.
 *
 * @throws StoreError
 */
export function createChain(database: DatabaseSync, genesis: Genesis): void {
  transactionsOn(database)(() => {
    database.exec(SCHEMA);
    const ledger = genesisLedger(genesis);
    database
      .prepare("INSERT INTO state VALUES (1, ?, ?, ?, 0, NULL, 0)")
      .run(JSON.stringify(genesis), ledger.minted, ledger.burned);
    database.exec("INSERT INTO commits VALUES (0)");
    const insert = database.prepare("INSERT INTO accounts (position, public_key, json) VALUES (?, ?, ?)");
    for (const [position, account] of accountsOf(ledger).entries()) {
      insert.run(position, account.publicKey, JSON.stringify(account));
    }
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
}
