import { existsSync } from "node:fs";
import type { Network } from "pos-shared/chain/network.ts";
import type { SecretKey } from "pos-shared/crypto/keys.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { CommitMark } from "../store/commit-mark.ts";
import { openDatabase } from "../store/database.ts";
import { SqliteStore } from "../store/sqlite-store.ts";
import { StoreReader } from "../store/store-reader.ts";
import { upgradeDatabase } from "../store/upgrade.ts";
import { findChangedParameter } from "./check-fixed.ts";
import type { DataFault } from "./data-fault.ts";
import type { DataFiles } from "./data-files.ts";
import { findGenesisCopyFault, writeGenesisCopy } from "./genesis-copy.ts";
import type { Notice, OpenedNetwork, OpenInput } from "./hub-data.ts";
import { readHubKey } from "./hub-key.ts";

/**
 * The network that lies in a directory whose lock is held. A chain of an earlier version is brought up to date once
 * nothing else keeps the hub from starting: who must go back to the older program still can.
 *
 * @throws StoreError, or the operating system's error
 */
export function openExisting(input: OpenInput, files: DataFiles): Result<OpenedNetwork, DataFault> {
  const database = openDatabase(files.chain);
  try {
    const reader = new StoreReader(database);
    const { network } = reader;
    const hubKey = checkBeside(input, files, network);
    if (!hubKey.ok) {
      database.close();
      return hubKey;
    }
    upgradeDatabase(database, reader, files.chain, () => input.tell({ code: "UPGRADING", file: files.chain }));
    const companions = [files.key, files.genesis];
    const store = new SqliteStore(database, files.chain, companions, new CommitMark(files.mark), reader);
    if (!existsSync(files.genesis)) writeGenesisCopy(files.genesis, network.genesis);
    return ok({ network, hubKey: hubKey.value, store, isNew: false, ...roundsOf(input, network) });
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Do genesis, key and settings beside a chain fit it? The hub's key. */
function checkBeside(
  { config, given }: OpenInput,
  files: DataFiles,
  { genesis }: Network,
): Result<SecretKey, DataFault> {
  const copyFault = findGenesisCopyFault(files.genesis, genesis);
  if (copyFault !== undefined) return err(copyFault);
  const key = readHubKey(files.key);
  if (!key.ok) return key;
  const { publicKey } = key.value;
  if (publicKey !== genesis.hub) {
    return err({ code: "KEY_FOREIGN", file: files.key, expected: genesis.hub, actual: publicKey });
  }
  const changed = findChangedParameter(genesis, config.genesis, given);
  return changed === undefined ? key : err(changed);
}

/** The length of this run's rounds, and a word where it is not the usual one. */
function roundsOf({ config }: OpenInput, { genesis }: Network): { roundMs: number; notices: readonly Notice[] } {
  const asked = config.roundMs;
  const roundMs = asked?.value ?? genesis.roundMs;
  if (asked === undefined || roundMs === genesis.roundMs) return { roundMs, notices: [] };
  return { roundMs, notices: [{ code: "ROUND_LENGTH", source: asked.source, genesisMs: genesis.roundMs, roundMs }] };
}
