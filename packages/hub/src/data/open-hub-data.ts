import { accessSync, constants, existsSync, mkdirSync, rmSync } from "node:fs";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { syncDirectory } from "../store/durable-file.ts";
import { asFaults } from "./as-faults.ts";
import { createInDirectory, createInMemory } from "./create-network.ts";
import { type DataFault, reasonOf } from "./data-fault.ts";
import { type DataFiles, dataFilesIn } from "./data-files.ts";
import { inUse, isLocked, lockDirectory } from "./directory-lock.ts";
import { readGenesisFile } from "./genesis-file.ts";
import type { HubData, HubDataConfig, Notice, OpenedNetwork, OpenInput } from "./hub-data.ts";
import { openExisting } from "./open-existing.ts";

/**
 * Opens what a hub goes on from, or makes a new network where there is none. In a directory this process is then the
 * only hub, until `close`. Whether the stored chain holds together shows when the store is loaded.
 *
 * @param nowMs milliseconds since 1970
 * @param tell told what the operator should know while it is opened; the rest is in the notices
 */
export function openHubData(
  config: HubDataConfig,
  nowMs: number,
  tell: (notice: Notice) => void = () => {},
): Result<HubData, DataFault> {
  const file = config.genesis.file;
  const given = file === undefined ? ok({}) : readGenesisFile(file.value);
  if (!given.ok) return given;
  const input = { config, given: given.value, nowMs, tell };
  if (config.data.kind === "directory") return openDirectory(input, dataFilesIn(config.data.directory));
  const created = createInMemory(input);
  if (!created.ok) return created;
  return ok({
    ...created.value,
    directory: null,
    isCopy: false,
    leaveCopy: () => {},
    close: created.value.store.close,
  });
}

/** The hub that runs on this data now, where one does: who cannot listen may have been started twice. */
export function findOtherHub({ data }: Pick<HubDataConfig, "data">): DataFault | undefined {
  if (data.kind === "memory") return undefined;
  const files = dataFilesIn(data.directory);
  return isLocked(files) ? inUse(files) : undefined;
}

function openDirectory(input: OpenInput, files: DataFiles): Result<HubData, DataFault> {
  try {
    mkdirSync(files.directory, { recursive: true, mode: 0o700 });
    accessSync(files.directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (thrown) {
    return err({ code: "DATA_UNUSABLE", path: files.directory, reason: reasonOf(thrown) });
  }
  const lock = lockDirectory(files, new Date(input.nowMs).toISOString());
  if (!lock.ok) return lock;
  const { release } = lock.value;
  const opened = asFaults(files, () => openLocked(input, files));
  if (!opened.ok) {
    release();
    return opened;
  }
  const close = () => {
    opened.value.store.close();
    release();
  };
  const leaveCopy = () => {
    rmSync(files.backup, { force: true });
    syncDirectory(files.directory);
  };
  return ok({ ...opened.value, directory: files.directory, isCopy: existsSync(files.backup), leaveCopy, close });
}

function openLocked(input: OpenInput, files: DataFiles): Result<OpenedNetwork, DataFault> {
  const hasChain = existsSync(files.chain);
  if (input.config.fresh || (!hasChain && !existsSync(files.genesis))) return createInDirectory(input, files);
  return hasChain ? openExisting(input, files) : err({ code: "CHAIN_MISSING", file: files.chain });
}
