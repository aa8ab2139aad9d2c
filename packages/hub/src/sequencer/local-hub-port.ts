import { currentRound, waitingOf, workingLedger } from "pos-shared/chain/round/round-state.ts";
import { addressOf } from "pos-shared/crypto/keys.ts";
import { inclusionProofIn } from "pos-shared/crypto/merkle.ts";
import { verifySignature } from "pos-shared/crypto/signature.ts";
import { digestValues, getDigest } from "pos-shared/ledger/digest-map.ts";
import { accountsOf, getAccount, getAccountByName, type Ledger } from "pos-shared/ledger/ledger.ts";
import type { Account } from "pos-shared/model/account.ts";
import type { Store } from "../store/store.ts";
import type { HubClock } from "./hub-clock.ts";
import type { HubPort, HubStatus, ShownTip, ValidatorFacts } from "./hub-port.ts";
import { RecentRounds } from "./recent-rounds.ts";
import type { Sequencer } from "./sequencer.ts";
import { suggestName } from "./suggest-name.ts";

/** Who looks after a hub that may be an older copy. */
export interface RecoveryPort {
  /** A client logs in, and shows a block that this hub sealed and lost; null where it does not. */
  readonly onLogin: (lost: ShownTip | null) => void;
  readonly restore: HubPort["restore"];
}

/** A page of blocks stays near this many bytes. */
const PAGE_BYTES = 1024 * 1024;

/**
 * The gateway's view of a sequencer in the same process.
 * @param watch told what clients show and give back that this hub sealed and its store does not have (DESIGN §9)
 */
export function localHubPort(
  sequencer: Sequencer,
  store: Store,
  clock: HubClock,
  watch: RecoveryPort = { onLogin: () => {}, restore: () => false },
): HubPort {
  const { genesis, chainId } = sequencer.params.network;
  const wins = new Map(store.winsOf());
  sequencer.onBroadcast((news) => {
    const winner = news.kind === "block" ? news.block.validator : null;
    if (winner !== null) wins.set(winner, (wins.get(winner) ?? 0) + 1);
  });
  const factsOf = (account: Account): ValidatorFacts => {
    const address = addressOf(account.publicKey);
    return { address, account, wins: wins.get(address) ?? 0 };
  };
  const ranked = rankAccounts();
  const rounds = new RecentRounds(store);
  const isLost = ({ hash, hubSignature }: ShownTip): boolean =>
    hash !== sequencer.state.chain.tip.hash &&
    store.seedAfter(hash) === undefined &&
    verifySignature(genesis.hub, "seal", chainId, { hash }, hubSignature);

  return {
    genesis,
    chainId,
    nowMs: clock.nowMs,
    propose: (proposal, done) => sequencer.submit({ kind: "proposal", proposal }, done),
    transact: (transaction, done) => sequencer.submit({ kind: "transaction", transaction }, done),
    onBroadcast: (listener) => sequencer.onBroadcast(listener),
    status: () => statusOf(sequencer, clock),
    accountOf: (publicKey) => getAccount(workingLedger(sequencer.state), publicKey),
    acceptedProposalOf: (publicKey) => {
      const { open } = sequencer.state;
      return open === undefined ? undefined : getDigest(open.proposals, publicKey);
    },
    waitingTransactionsOf: (publicKey) =>
      waitingOf(sequencer.state, publicKey) === 0
        ? []
        : digestValues(sequencer.state.waiting).filter(
            ({ transaction }) => transaction.type !== "slash" && transaction.publicKey === publicKey,
          ),
    validators: (from, limit) => {
      const accounts = ranked(workingLedger(sequencer.state));
      return { total: accounts.length, validators: accounts.slice(from, from + limit).map(factsOf) };
    },
    factsOf: (publicKey) => {
      const account = getAccount(workingLedger(sequencer.state), publicKey);
      return account === undefined ? undefined : factsOf(account);
    },
    suggestName: (name) =>
      suggestName(name, (candidate) => getAccountByName(workingLedger(sequencer.state), candidate) !== undefined),
    readBlocks: (from, limit) => store.readBlockPage(from, limit, PAGE_BYTES),
    sizeOfBlock: store.sizeOfBlock,
    readProposals: (index, from, limit) => {
      const found = rounds.find(index);
      if (typeof found === "string") return found;
      return { total: found.texts.length, proposals: found.texts.slice(from, from + limit) };
    },
    prove: (index, positions, publicKey) => {
      const found = rounds.find(index);
      if (typeof found === "string") return found;
      const own = publicKey === null ? -1 : found.keys.indexOf(publicKey);
      const wanted = own === -1 ? positions : [own, ...positions];
      const proved = [...new Set(wanted)].flatMap((position) => {
        const proposal = found.texts[position];
        return proposal === undefined ? [] : [{ position, proposal, path: inclusionProofIn(found.levels, position) }];
      });
      return { total: found.texts.length, proofs: proved };
    },
    isRecovering: () => sequencer.isResting,
    restore: (kind, value) => sequencer.isResting && watch.restore(kind, value),
    isAhead: (tip) => {
      const isOurs = tip !== null && isLost(tip);
      watch.onLogin(isOurs ? tip : null);
      return isOurs;
    },
  };
}

function statusOf(sequencer: Sequencer, clock: HubClock): HubStatus {
  const { state } = sequencer;
  const { genesis, chainId } = sequencer.params.network;
  const { bondedAccounts, totals } = state.batches[0].ledger;
  const opening = state.open?.opening ?? null;
  const isDue = opening !== null && Date.parse(opening.closesAt) <= clock.nowMs();
  return {
    network: genesis.network,
    chainId,
    rule: genesis.rule,
    round: currentRound(state),
    phase: opening === null ? "idle" : isDue ? "sealing" : "open",
    opening,
    waiting: state.waiting.size,
    proposals: state.open?.proposals.size ?? 0,
    tip: { index: state.chain.tip.index, hash: state.chain.tip.hash },
    accounts: workingLedger(state).accounts.size,
    validators: bondedAccounts,
    stake: totals.bonded,
  };
}

/** All accounts, most bonded first; sorted once for each state of the ledger. */
function rankAccounts(): (ledger: Ledger) => readonly Account[] {
  let last: { readonly ledger: Ledger; readonly accounts: readonly Account[] } | undefined;
  return (ledger) => {
    if (last?.ledger !== ledger) {
      last = { ledger, accounts: accountsOf(ledger).sort((a, b) => b.bonded - a.bonded) };
    }
    return last.accounts;
  };
}
