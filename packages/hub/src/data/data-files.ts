import { join } from "node:path";
import { BACKUP_FILE } from "../store/backup.ts";

/** What lies in a data directory. The directory has mode 700, the key 600. */
export interface DataFiles {
  readonly directory: string;
  /** Genesis as JSON, for people and other programs; the store holds it too. */
  readonly genesis: string;
  /** The hub's secret key: 32 bytes as hex, and a line's end. */
  readonly key: string;
  /** The SQLite database; `-wal` and `-shm` beside it belong to it. */
  readonly chain: string;
  /** How far the chain had come when it was last written, to notice what was cut off. */
  readonly mark: string;
  /** There while the directory is a backup that no hub has gone on from. */
  readonly backup: string;
  /** Locked while a hub runs. Empty, and never removed. */
  readonly lock: string;
  /** Who holds the lock, as JSON, for messages alone. */
  readonly holder: string;
}

export function dataFilesIn(directory: string): DataFiles {
  return {
    directory,
    genesis: join(directory, "genesis.json"),
    key: join(directory, "hub-key"),
    chain: join(directory, "chain.db"),
    mark: join(directory, "commits"),
    backup: join(directory, BACKUP_FILE),
    lock: join(directory, "lock"),
    holder: join(directory, "holder.json"),
  };
}
