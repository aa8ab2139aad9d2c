import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";

/** What was kept beside a proposal's text until version 3; the leaf looks like one. */
const PROPOSALS_OF_VERSION_2 = `
  ALTER TABLE proposals RENAME TO later;
  CREATE TABLE proposals (
    arrival INTEGER PRIMARY KEY,
    round INTEGER NOT NULL,
    leaf TEXT NOT NULL,
    public_key TEXT NOT NULL,
    receipt TEXT,
    json TEXT NOT NULL,
    UNIQUE (round, leaf)
  ) STRICT;
  INSERT INTO proposals
    SELECT arrival, round, printf('%064x', arrival), json ->> 'publicKey', receipt, json FROM later;
  DROP TABLE later;
  PRAGMA user_version = 2;
`;

export interface StoreContent {
  readonly version: unknown;
  /** Statements that make the tables and indexes, as the file has them. */
  readonly schema: readonly unknown[];
  readonly tables: Readonly<Record<string, readonly Record<string, SQLOutputValue>[]>>;
}

/** Runs SQL on a closed store. */
export function changeStore(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

/** Makes a closed store one that an earlier version of this program has left. */
export function makeOlder(path: string, version: 1 | 2): void {
  changeStore(path, PROPOSALS_OF_VERSION_2);
  if (version === 1) changeStore(path, "DROP TABLE commits; PRAGMA user_version = 1");
}

/** Adds so many proposals without receipts to a closed store of version 1 or 2: that of its last arrival, again and again. */
export function addProposals(path: string, count: number): void {
  changeStore(
    path,
    `WITH RECURSIVE
       last AS (SELECT * FROM proposals ORDER BY arrival DESC LIMIT 1),
       numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})
     INSERT INTO proposals
       SELECT arrival + n, round, printf('%064x', arrival + n), public_key, NULL, json FROM last, numbers`,
  );
}

/** Everything in a store, as whoever only looks finds it. */
export function contentOf(path: string): StoreContent {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    return {
      version: database.prepare("PRAGMA user_version").get()?.user_version,
      schema: database.prepare("SELECT sql FROM sqlite_schema").all(),
      tables: Object.fromEntries(tables.map(({ name }) => [name, database.prepare(`SELECT * FROM ${name}`).all()])),
    };
  } finally {
    database.close();
  }
}

/** A file's SHA-256: of megabytes, quicker to compare than they are. */
export function digestOf(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
