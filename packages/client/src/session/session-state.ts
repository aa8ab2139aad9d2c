import { tipWords } from "pos-shared/encoding/tip-words.ts";
import type { Validator } from "../validator/validator.ts";
import type { NetworkSession } from "./network-session.ts";
import type { ConnectionState, LogLine, Me, SessionState } from "./session.ts";

export interface StateParts {
  readonly url: string;
  readonly connection: ConnectionState;
  readonly network: NetworkSession | undefined;
  readonly validator: Validator | undefined;
  readonly repeatedBpm: number | null;
  readonly log: readonly LogLine[];
}

/** Everything that a screen shows, put together. */
export function buildState(parts: StateParts): SessionState {
  const { url, connection, network, validator, repeatedBpm, log } = parts;
  const always = {
    url,
    connection,
    ownProposal: validator?.proposer.own ?? null,
    queuedBpm: validator?.proposer.queuedBpm ?? null,
    repeatedBpm,
    log,
  };
  if (network === undefined) return { ...always, ...NOTHING_YET };
  const { chain, board, view, news } = network;
  const { tip, ledger } = chain.head;
  return {
    ...always,
    network: { chainId: chain.network.chainId, genesis: chain.network.genesis },
    me: validator === undefined ? null : meOf(network, validator),
    round: board.view(),
    validators: view.list(),
    totals: { accounts: view.list().length, online: network.online, bonded: ledger.totals.bonded },
    tip: { index: tip.index, hash: tip.hash, words: tip.index === 0 ? "" : tipWords(tip.hash) },
    progress: news.progress,
    lastWinner: news.lastWinner,
    checkedRounds: chain.luck.rounds,
    alarms: news.alarms,
  };
}

const NOTHING_YET = {
  network: null,
  me: null,
  round: null,
  validators: [],
  totals: { accounts: 0, online: 0, bonded: 0 },
  tip: { index: 0, hash: "", words: "" },
  progress: { linked: 0, verified: 0, total: 0 },
  lastWinner: null,
  checkedRounds: 0,
  alarms: [],
} as const;

function meOf(network: NetworkSession, validator: Validator): Me {
  const { identity, slashing } = validator;
  const account = validator.account();
  return {
    name: account?.name ?? identity.name,
    address: identity.address,
    publicKey: identity.publicKey,
    isJoined: account !== undefined,
    liquid: account?.liquid ?? 0,
    bonded: account?.bonded ?? 0,
    activating: account?.activating ?? [],
    unbonding: account?.unbonding ?? [],
    waiting: validator.waiting(),
    isTombstoned: account?.tombstoned ?? identity.tombstoned,
    slashing,
    wins: network.view.winsOf(identity.publicKey),
  };
}
