import { randomBytes } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { type SecretKey, secretKeyFromSeed } from "pos-shared/crypto/keys.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import { ok, type Result } from "pos-shared/model/result.ts";
import { CommitMark } from "../store/commit-mark.ts";
import { createChainFile } from "../store/create-chain.ts";
import { syncDirectory } from "../store/durable-file.ts";
import { openMemoryStore, openSqliteStore } from "../store/sqlite-store.ts";
import type { DataFault } from "./data-fault.ts";
import type { DataFiles } from "./data-files.ts";
import { writeGenesisCopy } from "./genesis-copy.ts";
import type { Notice, OpenedNetwork, OpenInput } from "./hub-data.ts";
import { readHubKey, writeHubKey } from "./hub-key.ts";
import { makeGenesis } from "./make-genesis.ts";
import { moveAside } from "./move-aside.ts";

const SEED_BYTES = 32;

/** A new network that is forgotten when the process ends. */
export function createInMemory(input: OpenInput): Result<OpenedNetwork, DataFault> {
  const hubKey = secretKeyFromSeed(randomBytes(SEED_BYTES));
  const made = makeGenesis({ ...input, hub: hubKey.publicKey });
  if (!made.ok) return made;
  const { genesis } = made.value;
  return ok({
    network: made.value,
    hubKey,
    store: openMemoryStore(genesis),
    isNew: true,
    roundMs: genesis.roundMs,
    notices: noticesOf(genesis),
  });
}

/**
 * A new network in a directory whose lock is held; an old one there is moved aside. The key comes first and the chain
 * next, so that an interrupted start is made again by the next one.
 *
 * @throws StoreError, or the operating system's error
 */
export function createInDirectory(input: OpenInput, files: DataFiles): Result<OpenedNetwork, DataFault> {
  // A key without a chain is left from such a start; it may be somebody's only copy, so it is not replaced.
  const keptKey = !input.config.fresh && existsSync(files.key) ? readHubKey(files.key) : undefined;
  if (keptKey !== undefined && !keptKey.ok) return keptKey;
  const seed = keptKey?.value.seed ?? randomBytes(SEED_BYTES);
  // Whatever is wrong with what was asked for shows before anything is moved.
  const made = makeGenesis({ ...input, hub: secretKeyFromSeed(seed).publicKey });
  if (!made.ok) return made;
  const { genesis } = made.value;
  const aside = input.config.fresh ? moveAside(files, input.nowMs) : undefined;
  // They speak of the old chain.
  for (const file of [files.mark, files.backup]) rmSync(file, { force: true });
  const hubKey: SecretKey = keptKey?.value ?? writeHubKey(files.key, seed);
  createChainFile(files.chain, genesis);
  syncDirectory(files.directory);
  writeGenesisCopy(files.genesis, genesis);
  const moved: Notice[] = aside === undefined ? [] : [{ code: "MOVED_ASIDE", directory: aside }];
  return ok({
    network: made.value,
    hubKey,
    store: openSqliteStore(files.chain, [files.key, files.genesis], new CommitMark(files.mark)),
    isNew: true,
    roundMs: genesis.roundMs,
    notices: [...moved, ...noticesOf(genesis)],
  });
}

function noticesOf({ faucet, accounts }: Genesis): Notice[] {
  const hasTokens = faucet !== 0 || accounts.some(({ liquid, bonded }) => liquid + bonded > 0);
  return hasTokens ? [] : [{ code: "NO_TOKENS" }];
}
