/**
 * The tables. JSON texts are stored as they are served; columns beside them are what is looked up. Hashes and keys are
 * lowercase hex, so that `sqlite3` shows them as everything else does.
 */

/** Raised whenever the tables change; kept in the file as `user_version`. */
export const SCHEMA_VERSION = 3;

const PROPOSALS = `
-- All that were signed for a round: a second one of a key is kept as evidence. Accepted ones have a receipt: the hub's
-- signature, as the rest of it follows from the proposal. Nothing is kept twice and no order but that of arrival, since
-- each byte and each index is paid for with every proposal.
CREATE TABLE proposals (
  arrival INTEGER PRIMARY KEY,
  round INTEGER NOT NULL,
  receipt TEXT,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX proposals_by_round ON proposals (round);
`;

/** Copies them all, ten seconds a million. */
const PROPOSALS_WITHOUT_LEAVES = `
ALTER TABLE proposals RENAME TO proposals_with_leaves;
${PROPOSALS}
INSERT INTO proposals (arrival, round, receipt, json)
  SELECT arrival, round, receipt, json FROM proposals_with_leaves ORDER BY arrival;
DROP TABLE proposals_with_leaves;
`;

/** What makes the tables of each earlier version those of the next one (`upgrade.ts`). */
export const UPGRADES: readonly { readonly from: number; readonly sql: string }[] = [
  { from: 1, sql: "CREATE TABLE commits (number INTEGER NOT NULL) STRICT; INSERT INTO commits VALUES (0);" },
  { from: 2, sql: PROPOSALS_WITHOUT_LEAVES },
];

/** The oldest version that commands which only look can read as it is. */
export const OLDEST_READABLE_VERSION = 1;

/** Marks a file as this program's ("pos1"); kept as `application_id`. */
export const APPLICATION_ID = 0x706f7331;

export const SCHEMA = `
CREATE TABLE state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  genesis TEXT NOT NULL,
  minted INTEGER NOT NULL,
  burned INTEGER NOT NULL,
  last_round INTEGER NOT NULL,
  opening TEXT,
  pruned_before INTEGER NOT NULL
) STRICT;

-- One row: how often this store was written.
CREATE TABLE commits (number INTEGER NOT NULL) STRICT;

CREATE TABLE blocks (
  block_index INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  next_seed TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE accounts (
  position INTEGER PRIMARY KEY,
  public_key TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE wins (
  address TEXT PRIMARY KEY,
  wins INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

${PROPOSALS}
CREATE TABLE waiting (
  arrival INTEGER PRIMARY KEY,
  round INTEGER NOT NULL,
  leaf TEXT NOT NULL UNIQUE,
  receipt TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;
`;
