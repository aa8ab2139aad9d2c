import { millisecondsOf } from "pos-shared/model/timestamp.ts";
import type { SessionState } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { type Line, span } from "../format/line.ts";
import { tokens } from "../format/numbers.ts";
import { chunks, padEnd } from "../format/text.ts";
import { utcTime } from "../format/time.ts";
import { words } from "../words.ts";

const LABEL = 11;

/** What a network begins with: the rules that its chain id stands for. */
export function genesisLines(network: NonNullable<SessionState["network"]>, width: number): readonly Line[] {
  const { chainId, genesis } = network;
  const { labels } = words.genesis;
  const fields: readonly (readonly [string, string])[] = [
    [labels.chainId, chainId],
    [labels.network, clean(genesis.network)],
    [labels.time, utcTime(millisecondsOf(genesis.createdAt))],
    [labels.rule, clean(genesis.rule)],
    [labels.round, words.genesis.seconds(genesis.roundMs / 1000)],
    [labels.faucet, genesis.faucet === "unlimited" ? words.genesis.unlimited : words.genesis.tokens(genesis.faucet)],
    [labels.reward, `+${tokens(genesis.blockReward)}`],
    [labels.unbonding, words.genesis.rounds(genesis.unbondingRounds)],
    [labels.bpm, words.bpm.range(genesis.bpmMin, genesis.bpmMax)],
    [labels.hub, genesis.hub],
  ];
  return fields.flatMap(([label, value]) =>
    chunks(value, Math.max(8, width - LABEL - 2)).map(
      (piece, i): Line => [span(` ${padEnd(i === 0 ? label : "", LABEL)}`, "muted"), span(piece)],
    ),
  );
}
