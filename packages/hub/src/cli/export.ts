import { addressOf } from "pos-shared/crypto/keys.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Block } from "pos-shared/model/block.ts";
import { openStoredNetwork } from "../data/stored-network.ts";
import type { StoreReader } from "../store/store-reader.ts";
import { parseBlock } from "../store/stored-json.ts";
import type { CommandFault } from "./command-fault.ts";
import { csvRow } from "./csv.ts";
import { writeOut } from "./output.ts";

const PAGE_BLOCKS = 1_000;
const PAGE_BYTES = 4 * 1024 * 1024;

const COLUMNS = [
  "index",
  "round",
  "timestamp",
  "bpm",
  "validator",
  "name",
  "stake",
  "eligibleStake",
  "proposals",
  "transactions",
  "hash",
] as const;

export interface ExportOptions {
  /** A table for a spreadsheet instead of JSON lines. */
  readonly csv: boolean;
  /** Adds the kept proposals of each block's round, as `proposals`, to its line of JSON. */
  readonly proposals: boolean;
}

/** `pos-hub export`: genesis on the first line, then a block a line; or a table. To standard output. */
export async function exportChain(directory: string, options: ExportOptions): Promise<CommandFault | undefined> {
  const opened = openStoredNetwork(directory);
  if (!opened.ok) return opened.error;
  const { reader, close } = opened.value;
  try {
    const lineOf = options.csv ? csvLines(reader) : jsonLines(reader, options.proposals);
    await writeOut(options.csv ? csvRow(COLUMNS) : `${JSON.stringify({ genesis: reader.genesis })}\n`);
    for (let next = 1; ; ) {
      const page = reader.readBlocks(next, PAGE_BLOCKS, PAGE_BYTES);
      if (page.length === 0) return undefined;
      let text = "";
      for (const [i, block] of page.entries()) text += lineOf(block, `block ${next + i}`);
      await writeOut(text);
      next += page.length;
    }
  } finally {
    close();
  }
}

type LineOf = (blockText: string, place: string) => string;

/** Blocks are written as they are stored. */
function jsonLines(reader: StoreReader, withProposals: boolean): LineOf {
  if (!withProposals) return (text) => `${text}\n`;
  return (text, place) => {
    const proposals = reader.readProposals(parseBlock(text, place).round);
    return proposals === undefined ? `${text}\n` : `${text.slice(0, -1)},"proposals":[${proposals.join(",")}]}\n`;
  };
}

function csvLines(reader: StoreReader): LineOf {
  let names = namesIn(reader);
  return (text, place) => {
    const block = parseBlock(text, place);
    // A hub may add accounts while the chain is written.
    if (block.validator !== null && !names.has(block.validator)) names = namesIn(reader);
    return csvRow(cellsOf(block, block.validator === null ? null : (names.get(block.validator) ?? null)));
  };
}

/** Names never change, so those of now are right for all blocks. */
function namesIn(reader: StoreReader): ReadonlyMap<Hex, string> {
  return new Map(reader.readAccounts().map(({ publicKey, name }) => [addressOf(publicKey), name]));
}

function cellsOf(block: Block, name: string | null): (string | number | null)[] {
  const cells: Record<(typeof COLUMNS)[number], string | number | null> = {
    index: block.index,
    round: block.round,
    timestamp: block.timestamp,
    bpm: block.bpm,
    validator: block.validator,
    name,
    stake: block.draw.stake,
    eligibleStake: block.draw.eligibleStake,
    proposals: block.proposalCount,
    transactions: block.transactionCount,
    hash: block.hash,
  };
  return COLUMNS.map((column) => cells[column]);
}
