import type { AccountFacts, NetworkFacts } from "../cli/network-facts.ts";
import { bytes, counted, duration, grouped } from "./plain.ts";

/** More accounts would push everything else off the screen. */
const MAX_ACCOUNTS_SHOWN = 50;

/** The network for people; where the tutorial's program dumped its genesis block at the start. */
export function infoLines(facts: NetworkFacts): string[] {
  const { genesis, tokens } = facts;
  return [
    ...table([
      ["Network", genesis.network],
      ["Chain id", facts.chainId],
      ["Rule", genesis.rule],
      ["Created", genesis.createdAt],
      ["Hub's key", genesis.hub],
      ["Round", duration(genesis.roundMs)],
      ["Faucet", faucet(genesis.faucet)],
      ["Block reward", counted(genesis.blockReward, "token")],
      ["Unbonding", counted(genesis.unbondingRounds, "round")],
      ["Activation", genesis.activationDelay === 0 ? "at once" : counted(genesis.activationDelay, "round")],
      ["BPM", `${genesis.bpmMin} to ${genesis.bpmMax}`],
    ]),
    "",
    ...table([
      ["Last block", tip(facts.tip)],
      ...(facts.tip === null ? [] : ([["", `${facts.tip.hash} (${facts.tip.words})`]] as const)),
      ["Open round", openRound(facts.round)],
      ["Waiting", counted(facts.waiting, "transaction")],
      ["Tokens", `${grouped(tokens.minted)} minted, ${grouped(tokens.burned)} burned`],
      ["Data", `${facts.directory}, ${bytes(facts.bytes)}`],
      ["Hub", facts.isRunning ? "is running" : "is not running"],
    ]),
    "",
    ...accountLines(facts.accounts),
  ];
}

function faucet(amount: number | "unlimited"): string {
  if (amount === "unlimited") return "as much as a new key asks for";
  return amount === 0 ? "closed" : `${counted(amount, "token")} for a new key`;
}

function tip(block: NetworkFacts["tip"]): string {
  if (block === null) return "none yet";
  const won = block.name === null ? "no winner" : `won by ${block.name} with ${block.bpm} BPM`;
  return `${grouped(block.index)} (round ${grouped(block.round)}, ${block.timestamp}), ${won}`;
}

function openRound(round: NetworkFacts["round"]): string {
  if (round === null) return "none";
  return `${grouped(round.round)}, closes at ${round.closesAt}, ${counted(round.proposals, "proposal")} so far`;
}

function accountLines(accounts: readonly AccountFacts[]): string[] {
  if (accounts.length === 0) return ["No accounts yet."];
  const shown = accounts.slice(0, MAX_ACCOUNTS_SHOWN);
  const rows = shown.map((account) => [
    account.name + (account.tombstoned ? " (slashed)" : ""),
    grouped(account.bonded),
    grouped(account.activating + account.unbonding),
    grouped(account.liquid),
    grouped(account.wins),
    account.address,
  ]);
  const more = accounts.length - shown.length;
  return [
    ...columns([["Account", "Bonded", "On its way", "Liquid", "Wins", "Address"], ...rows]),
    ...(more === 0 ? [] : [`… and ${grouped(more)} more; --json shows all.`]),
  ];
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`);
}

/** Numbers to the right, the first and the last column to the left. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const padding = " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
        if (column === row.length - 1) return cell;
        return column === 0 ? cell + padding : padding + cell;
      })
      .join("  "),
  );
}

/** Columns that text takes on a terminal: kana, Chinese and Korean take two each. Names have no other wide ones. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u3041-\u30FA\u4E00-\u9FFF\uAC00-\uD7A3]/u.test(character) ? 2 : 1;
  return width;
}
