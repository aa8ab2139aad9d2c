import { existsSync } from "node:fs";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { CommitMark } from "../store/commit-mark.ts";
import { openSqliteStore, type SqliteStore } from "../store/sqlite-store.ts";
import { findChangedParameter } from "./check-fixed.ts";
import type { DataFault } from "./data-fault.ts";
import type { DataFiles } from "./data-files.ts";
import { findGenesisCopyFault, writeGenesisCopy } from "./genesis-copy.ts";
import type { Notice, OpenedNetwork, OpenInput } from "./hub-data.ts";
import { readHubKey } from "./hub-key.ts";

/**
 * The network that lies in a directory whose lock is held.
 *
 * @throws StoreError, or the operating system's error
 */
export function openExisting(input: OpenInput, files: DataFiles): Result<OpenedNetwork, DataFault> {
  const store = openSqliteStore(files.chain, [files.key, files.genesis], new CommitMark(files.mark), () =>
    input.tell({ code: "UPGRADING", file: files.chain }),
  );
  const opened = withStore(input, files, store);
  if (!opened.ok) store.close();
  return opened;
}

function withStore(
  { config, given }: OpenInput,
  files: DataFiles,
  store: SqliteStore,
): Result<OpenedNetwork, DataFault> {
  const { genesis } = store;
  const copyFault = findGenesisCopyFault(files.genesis, genesis);
  if (copyFault !== undefined) return err(copyFault);
  if (!existsSync(files.genesis)) writeGenesisCopy(files.genesis, genesis);
  const key = readHubKey(files.key);
  if (!key.ok) return key;
  const hubKey = key.value;
  if (hubKey.publicKey !== genesis.hub) {
    return err({ code: "KEY_FOREIGN", file: files.key, expected: genesis.hub, actual: hubKey.publicKey });
  }
  const changed = findChangedParameter(genesis, config.genesis, given);
  if (changed !== undefined) return err(changed);
  const roundMs = config.roundMs?.value ?? genesis.roundMs;
  const notices: Notice[] = [];
  if (config.roundMs !== undefined && roundMs !== genesis.roundMs) {
    notices.push({ code: "ROUND_LENGTH", source: config.roundMs.source, genesisMs: genesis.roundMs, roundMs });
  }
  return ok({ network: store.network, hubKey, store, isNew: false, roundMs, notices });
}
