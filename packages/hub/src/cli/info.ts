import { statSync } from "node:fs";
import { addressOf } from "pos-shared/crypto/keys.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { tipWords } from "pos-shared/encoding/tip-words.ts";
import { type Account, sumOf } from "pos-shared/model/account.ts";
import type { DataFiles } from "../data/data-files.ts";
import { isLocked } from "../data/directory-lock.ts";
import { openStoredNetwork, type StoredNetwork } from "../data/stored-network.ts";
import { infoLines } from "../words/info.ts";
import type { CommandFault } from "./command-fault.ts";
import type { AccountFacts, NetworkFacts } from "./network-facts.ts";
import { writeOut } from "./output.ts";

/** `pos-hub info`: the network as it lies in the data directory. */
export async function info(directory: string, json: boolean): Promise<CommandFault | undefined> {
  const opened = openStoredNetwork(directory);
  if (!opened.ok) return opened.error;
  try {
    const facts = factsOf(opened.value);
    await writeOut(
      json
        ? `${JSON.stringify(facts)}\n`
        : infoLines(facts)
            .map((line) => `${line}\n`)
            .join(""),
    );
    return undefined;
  } finally {
    opened.value.close();
  }
}

function factsOf({ files, network, reader }: StoredNetwork): NetworkFacts {
  const { state, wins } = reader.atOneMoment(() => ({ state: reader.readState(), wins: reader.winsOf() }));
  const { block, opening, minted, burned, accounts } = state;
  const winner = accounts.find(({ publicKey }) => publicKey === block?.proposal?.publicKey);
  return {
    directory: files.directory,
    bytes: bytesOf(files),
    isRunning: isLocked(files),
    chainId: network.chainId,
    genesis: network.genesis,
    tip:
      block === null
        ? null
        : {
            index: block.index,
            round: block.round,
            timestamp: block.timestamp,
            hash: block.hash,
            words: tipWords(block.hash),
            name: winner?.name ?? null,
            bpm: block.bpm,
          },
    round:
      opening === null ? null : { round: opening.round, closesAt: opening.closesAt, proposals: state.proposals.length },
    waiting: state.transactions.length,
    tokens: { minted, burned },
    accounts: accounts.map((account) => accountFacts(account, wins)).sort(byStake),
  };
}

function accountFacts(account: Account, wins: ReadonlyMap<Hex, number>): AccountFacts {
  const { publicKey, name, liquid, bonded, activating, unbonding, tombstoned } = account;
  const address = addressOf(publicKey);
  return {
    address,
    publicKey,
    name,
    liquid,
    bonded,
    activating: sumOf(activating),
    unbonding: sumOf(unbonding),
    wins: wins.get(address) ?? 0,
    tombstoned,
  };
}

function byStake(a: AccountFacts, b: AccountFacts): number {
  return b.bonded - a.bonded;
}

/** The database and its log. */
function bytesOf({ chain }: DataFiles): number {
  return [chain, `${chain}-wal`].reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}
