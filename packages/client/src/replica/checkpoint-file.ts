/**
 * What a client has verified of a chain, in one file that all panes of a machine share, so that nothing is verified
 * twice (DESIGN §9). A first line of JSON, then the state as JSON, then the columns. It is believed only as far as it
 * proves itself: the hub sealed its last block, whose ledger root is that of the accounts.
 */
import { createHash } from "node:crypto";
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type ChainState, tipAfter } from "pos-shared/chain/chain-state.ts";
import { type Network, openNetwork } from "pos-shared/chain/network.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { isSealedBlock } from "pos-shared/evidence/dishonest-hub.ts";
import { accountsOf, ledgerRoot, restoreLedger } from "pos-shared/ledger/ledger.ts";
import { accountForm } from "pos-shared/model/account.ts";
import { type Block, blockForm } from "pos-shared/model/block.ts";
import { hasCanonicalForm } from "pos-shared/model/canonical.ts";
import { anything, conforms, findFault, hex, integer, list, literal, number, record } from "pos-shared/model/form.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { Runtime } from "../runtime.ts";
import { ChainColumns, columnBytes } from "./columns.ts";
import { uncountedBuffer } from "./growing-buffer.ts";
import { Luck } from "./luck.ts";

/** Of the form of the file; one of another form is made anew from the hub's blocks. */
export const CHECKPOINT_VERSION = 2;

const headForm = record({
  kind: literal("pos-checkpoint"),
  version: literal(CHECKPOINT_VERSION),
  chainId: hex(32),
  index: integer(1),
  stateBytes: integer(),
  hashesBytes: integer(),
  factsBytes: integer(),
  /** Over everything after the first line. */
  sha256: hex(32),
});

const stateForm = record({
  genesis: anything,
  block: blockForm,
  accounts: list(accountForm),
  minted: integer(),
  burned: integer(),
  large: list(list(integer(), 2)),
  luck: record({ rounds: integer(), validators: list(list(anything, 5)) }),
});
const luckNumbers = list(number, 4);

/** A verified chain, as far as it was checked to depth `replica` or deeper. */
export interface Checkpoint {
  readonly network: Network;
  readonly state: ChainState;
  /** The last block of `state`. */
  readonly block: Block;
  readonly columns: ChainColumns;
  readonly luck: Luck;
}

const NEWLINE = 0x0a;
const HEAD_BYTES = 1_024;
const SLICE_BYTES = 1024 * 1024;
/** A share of the chain for which there is room behind its columns. */
const ROOM = 16;
const DAMAGED = "it was cut off or changed";

export function checkpointPath(homeDir: string, chainId: Hex): string {
  return join(homeDir, "chains", `${chainId}.checkpoint`);
}

/** The index that a checkpoint on the disk has come to, 0 where there is none. */
export function peekCheckpoint(path: string): number {
  if (!existsSync(path)) return 0;
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(HEAD_BYTES);
    const head = parse(start.subarray(0, readSync(file, start)));
    return head?.index ?? 0;
  } finally {
    closeSync(file);
  }
}

/** Undefined where there is none; an error, in words, where it does not prove itself. */
export function readCheckpoint(path: string, chainId: Hex): Result<Checkpoint | undefined, string> {
  if (!existsSync(path)) return ok(undefined);
  const file = openSync(path, "r");
  try {
    return readFrom(file, chainId);
  } finally {
    closeSync(file);
  }
}

/** A long chain's columns are read to where they stay, with room for more blocks: they are most of a client's memory. */
function readFrom(file: number, chainId: Hex): Result<Checkpoint, string> {
  const start = Buffer.alloc(HEAD_BYTES);
  const head = parse(start.subarray(0, readSync(file, start, { position: 0 })));
  if (head === undefined) return err("its first line is none of a checkpoint");
  if (head.chainId !== chainId) return err("it is of another chain");
  const { index, stateBytes, hashesBytes, factsBytes, sha256 } = head;
  let position = start.indexOf(NEWLINE) + 1;
  if (fstatSync(file).size !== position + stateBytes + hashesBytes + factsBytes) return err(DAMAGED);
  const hash = createHash("sha256");
  const take = (buffer: Buffer, bytes: number): Buffer => {
    for (const end = position + bytes; position < end; ) {
      const at = bytes - (end - position);
      const read = readSync(file, buffer, { offset: at, length: Math.min(SLICE_BYTES, end - position), position });
      if (read === 0) break;
      hash.update(buffer.subarray(at, at + read));
      position += read;
    }
    return buffer;
  };
  const { hashes, facts } = columnBytes(index);
  if (hashes !== hashesBytes || facts !== factsBytes) return err("its columns do not end with its last block");
  const text = take(Buffer.allocUnsafe(stateBytes), stateBytes).toString("utf8");
  const roomy = columnBytes(index + Math.ceil(index / ROOM));
  const columns = {
    hashes: take(uncountedBuffer(roomy.hashes), hashesBytes),
    facts: take(uncountedBuffer(roomy.facts), factsBytes),
  };
  if (hash.digest("hex") !== sha256) return err(DAMAGED);
  return restore(JSON.parse(text), chainId, columns, index);
}

function parse(start: Buffer) {
  const end = start.indexOf(NEWLINE);
  if (end === -1) return undefined;
  try {
    const head: unknown = JSON.parse(start.subarray(0, end).toString("utf8"));
    return conforms(headForm, head) ? head : undefined;
  } catch {
    return undefined;
  }
}

function restore(
  kept: unknown,
  chainId: Hex,
  { hashes, facts }: { readonly hashes: Buffer; readonly facts: Buffer },
  index: number,
): Result<Checkpoint, string> {
  if (!conforms(stateForm, kept) || !hasCanonicalForm(kept)) {
    return err(`its state is malformed at ${findFault(stateForm, kept)?.path ?? "some place"}`);
  }
  const opened = openNetwork(kept.genesis);
  if (!opened.ok || opened.value.chainId !== chainId) return err("its genesis is not that of its chain");
  const network = opened.value;
  const block = kept.block as Block;
  if (!isSealedBlock(network.genesis, chainId, block)) return err("the hub did not seal its last block");
  const ledger = restoreLedger(kept.accounts, kept.minted, kept.burned);
  if (ledgerRoot(ledger) !== block.ledgerRoot) return err("its accounts are not those of its last block");
  const { liquid, bonded, activating, unbonding } = ledger.totals;
  if (liquid + bonded + activating + unbonding + ledger.burned !== ledger.minted)
    return err("its tokens do not add up");
  const columns = ChainColumns.fromBytes(hashes, facts, kept.large.map(pairOf), index);
  if (columns === undefined || columns.length !== block.index || columns.hashAt(block.index) !== block.hash) {
    return err("its columns do not end with its last block");
  }
  return ok({ network, state: { tip: tipAfter(network, block), ledger }, block, columns, luck: luckOf(kept.luck) });
}

function pairOf([place = 0, value = 0]: readonly number[]): [number, number] {
  return [place, value];
}

function luckOf({ rounds, validators }: { rounds: number; validators: readonly (readonly unknown[])[] }): Luck {
  const rows = validators.flatMap(([key, ...numbers]): [Hex, number, number, number, number][] => {
    if (typeof key !== "string" || !conforms(luckNumbers, numbers)) return [];
    const [inRounds = 0, wins = 0, expectedWins = 0, variance = 0] = numbers;
    return [[key, inRounds, wins, expectedWins, variance]];
  });
  return Luck.fromJSON({ rounds, validators: rows });
}

/** Puts a checkpoint in the place of the one there is. Long ones are written in slices, between which others have their turn. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint, runtime: Runtime): Promise<void> {
  const { network, state, block, columns, luck } = checkpoint;
  const { hashes, facts, large } = columns.toBytes(block.index);
  const { minted, burned } = state.ledger;
  const kept = Buffer.from(
    JSON.stringify({
      genesis: network.genesis,
      block,
      accounts: accountsOf(state.ledger),
      minted,
      burned,
      large,
      luck,
    }),
  );
  // Depths may still rise while this is written.
  const parts = [kept, hashes, Buffer.from(facts)];
  const slices = parts.flatMap(slicesOf);
  const hash = createHash("sha256");
  for (const slice of slices) {
    hash.update(slice);
    if (slices.length > parts.length) await runtime.giveWay();
  }
  const head = {
    kind: "pos-checkpoint",
    version: CHECKPOINT_VERSION,
    chainId: network.chainId,
    index: block.index,
    stateBytes: kept.length,
    hashesBytes: hashes.length,
    factsBytes: facts.length,
    sha256: hash.digest("hex"),
  };
  mkdirSync(join(path, ".."), { recursive: true, mode: 0o700 });
  await replace(path, [Buffer.from(`${JSON.stringify(head)}\n`), ...slices]);
}

function slicesOf(bytes: Buffer): Buffer[] {
  const slices: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) slices.push(bytes.subarray(at, at + SLICE_BYTES));
  return slices;
}

/** Panes may write at the same time: each its own file, and the last one to finish stays. */
async function replace(path: string, slices: readonly Buffer[]): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(unfinished, "w", 0o600);
    try {
      for (const slice of slices) await file.writeFile(slice);
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
