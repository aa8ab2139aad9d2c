import { DatabaseSync } from "node:sqlite";

/** What was kept beside a proposal's text until version 3. */
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
  INSERT INTO proposals SELECT arrival, round, 'leaf ' || arrival, json ->> 'publicKey', receipt, json FROM later;
  DROP TABLE later;
  PRAGMA user_version = 2;
`;

/** Makes a closed store one that an earlier version of this program has left. */
export function makeOlder(path: string, version: 1 | 2): void {
  const database = new DatabaseSync(path);
  database.exec(PROPOSALS_OF_VERSION_2);
  if (version === 1) database.exec("DROP TABLE commits; PRAGMA user_version = 1");
  database.close();
}
