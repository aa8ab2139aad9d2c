import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { Network } from "pos-shared/chain/network.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { writeBackup } from "../store/backup.ts";
import { openDatabaseToRead } from "../store/database.ts";
import { StoreReader } from "../store/store-reader.ts";
import { asFaults } from "./as-faults.ts";
import type { DataFault } from "./data-fault.ts";
import { type DataFiles, dataFilesIn } from "./data-files.ts";
import { findUnreadable } from "./readable.ts";

/** A network as it lies on disk, for commands that only look at it, whether a hub runs on it or not. */
export interface StoredNetwork {
  readonly files: DataFiles;
  readonly network: Network;
  readonly reader: StoreReader;
  /** Copies all of it into a directory that is new or empty. @throws StoreError BACKUP_FAILED */
  readonly backup: (directory: string) => void;
  readonly close: () => void;
}

export function openStoredNetwork(directory: string): Result<StoredNetwork, DataFault> {
  const files = dataFilesIn(directory);
  const unreadable = findUnreadable(files.chain);
  if (unreadable !== undefined) return err(unreadable);
  if (!existsSync(files.chain)) {
    return existsSync(files.genesis)
      ? err({ code: "CHAIN_MISSING", file: files.chain })
      : err({ code: "NO_NETWORK", directory });
  }
  return asFaults(files, () => {
    const database = openDatabaseToRead(files.chain);
    try {
      const reader = new StoreReader(database);
      return ok({
        files,
        network: reader.network,
        reader,
        backup: (target) => writeBackup(database, basename(files.chain), [files.key, files.genesis], target),
        close: () => database.close(),
      });
    } catch (thrown) {
      database.close();
      throw thrown;
    }
  });
}
