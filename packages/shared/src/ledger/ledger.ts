/**
 * The state of every account as a value: changing it returns a new one, the old one stays valid (SPEC §3).
 * Invariant: Σ (liquid + bonded + activating + unbonding) + burned = minted ≤ 2^53−1.
 */
import { sha256 } from "../crypto/hash.ts";
import { addressOf } from "../crypto/keys.ts";
import { type Hex, toHex } from "../encoding/hex.ts";
import { type Account, type Pending, sumOf } from "../model/account.ts";
import type { Genesis } from "../model/genesis.ts";
import { foldName } from "../model/name.ts";
import {
  type AccountTree,
  accountsRoot,
  accountTreeOf,
  appendAccount,
  EMPTY_ACCOUNT_TREE,
  getAccountAt,
  listAccounts,
  setAccountAt,
} from "./account-tree.ts";
import { type DigestMap, digestMapOf, EMPTY_DIGEST_MAP, getDigest, setDigest } from "./digest-map.ts";
import { EMPTY_QUEUE, push, type Queue } from "./queue.ts";

/** Tokens of all accounts, by where they are. */
export interface Totals {
  readonly liquid: number;
  readonly bonded: number;
  readonly activating: number;
  readonly unbonding: number;
}

/** An account whose entry is due in a round. It may have been slashed meanwhile: the account's own lists decide. */
export interface Due {
  readonly round: number;
  readonly position: number;
}

export interface Ledger {
  readonly accounts: AccountTree;
  /** Address → position. */
  readonly positions: DigestMap<number>;
  /** SHA-256 of the folded name → position. */
  readonly names: DigestMap<number>;
  readonly totals: Totals;
  /** How many accounts have anything bonded. */
  readonly bondedAccounts: number;
  /** Genesis' tokens, grants and rewards so far. */
  readonly minted: number;
  readonly burned: number;
  /** In ascending order of their rounds, as each list's distance to the present is fixed by genesis. */
  readonly activations: Queue<Due>;
  readonly releases: Queue<Due>;
}

const EMPTY_LEDGER: Ledger = {
  accounts: EMPTY_ACCOUNT_TREE,
  positions: EMPTY_DIGEST_MAP,
  names: EMPTY_DIGEST_MAP,
  totals: { liquid: 0, bonded: 0, activating: 0, unbonding: 0 },
  bondedAccounts: 0,
  minted: 0,
  burned: 0,
  activations: EMPTY_QUEUE,
  releases: EMPTY_QUEUE,
};

/** The ledger before block 1. */
export function genesisLedger(genesis: Genesis): Ledger {
  const ledger = ledgerOf(genesisAccounts(genesis));
  return { ...ledger, minted: ledger.totals.liquid + ledger.totals.bonded };
}

/** The accounts before block 1, each with nonce 1. */
export function genesisAccounts({ accounts }: Genesis): Account[] {
  return accounts.map(({ publicKey, name, liquid, bonded }) => newAccount(publicKey, name, liquid, bonded));
}

/**
 * A ledger from what a store or a checkpoint kept of it.
 * @param accounts all accounts in order of first appearance
 */
export function restoreLedger(accounts: Iterable<Account>, minted: number, burned: number): Ledger {
  const list = [...accounts];
  const activations: Due[] = [];
  const releases: Due[] = [];
  for (const [position, account] of list.entries()) {
    for (const { round } of account.activating) activations.push({ round, position });
    for (const { round } of account.unbonding) releases.push({ round, position });
  }
  return {
    ...ledgerOf(list),
    minted,
    burned,
    activations: queueByRound(activations),
    releases: queueByRound(releases),
  };
}

/** A ledger of many accounts at once, of which nothing is minted or due yet. */
function ledgerOf(accounts: readonly Account[]): Ledger {
  const total = (of: (account: Account) => number) => accounts.reduce((sum, account) => sum + of(account), 0);
  return {
    ...EMPTY_LEDGER,
    accounts: accountTreeOf(accounts),
    positions: digestMapOf(accounts.map(({ publicKey }, position) => [addressOf(publicKey), position])),
    names: digestMapOf(accounts.map(({ name }, position) => [nameDigest(name), position])),
    totals: {
      liquid: total(({ liquid }) => liquid),
      bonded: total(({ bonded }) => bonded),
      activating: total(({ activating }) => sumOf(activating)),
      unbonding: total(({ unbonding }) => sumOf(unbonding)),
    },
    bondedAccounts: accounts.filter(({ bonded }) => bonded > 0).length,
  };
}

function queueByRound(due: Due[]): Queue<Due> {
  due.sort((a, b) => a.round - b.round);
  return due.reduce<Queue<Due>>(push, EMPTY_QUEUE);
}

/** One list for all accounts that have nothing on its way, as most have: 64 bytes an account less. */
const NOTHING: readonly Pending[] = [];

/** An account as it begins: nonce 1, nothing on its way (SPEC §3). */
export function newAccount(publicKey: Hex, name: string, liquid: number, bonded: number): Account {
  return { publicKey, name, nonce: 1, liquid, bonded, activating: NOTHING, unbonding: NOTHING, tombstoned: false };
}

/** A ledger with one more account at its end. Its tokens enter the totals; minting them is the caller's. */
export function addAccount(ledger: Ledger, account: Account): Ledger {
  const position = ledger.accounts.size;
  return {
    ...ledger,
    accounts: appendAccount(ledger.accounts, account),
    positions: setDigest(ledger.positions, addressOf(account.publicKey), position),
    names: setDigest(ledger.names, nameDigest(account.name), position),
    totals: {
      liquid: ledger.totals.liquid + account.liquid,
      bonded: ledger.totals.bonded + account.bonded,
      activating: ledger.totals.activating + sumOf(account.activating),
      unbonding: ledger.totals.unbonding + sumOf(account.unbonding),
    },
    bondedAccounts: ledger.bondedAccounts + (account.bonded > 0 ? 1 : 0),
  };
}

/** A ledger with one account replaced by its new state; the totals follow. */
export function updateAccount(ledger: Ledger, before: Account, after: Account): Ledger {
  return {
    ...ledger,
    accounts: setAccountAt(ledger.accounts, positionOfAccount(ledger, before), after),
    totals: {
      liquid: ledger.totals.liquid - before.liquid + after.liquid,
      bonded: ledger.totals.bonded - before.bonded + after.bonded,
      activating: ledger.totals.activating - sumOf(before.activating) + sumOf(after.activating),
      unbonding: ledger.totals.unbonding - sumOf(before.unbonding) + sumOf(after.unbonding),
    },
    bondedAccounts: ledger.bondedAccounts - (before.bonded > 0 ? 1 : 0) + (after.bonded > 0 ? 1 : 0),
  };
}

export function getAccount(ledger: Ledger, publicKey: Hex): Account | undefined {
  return getAccountByAddress(ledger, addressOf(publicKey));
}

export function getAccountByAddress(ledger: Ledger, address: Hex): Account | undefined {
  const position = positionOf(ledger, address);
  return position === undefined ? undefined : getAccountAt(ledger.accounts, position);
}

/** The account that holds a name, in whatever case (SPEC §3). */
export function getAccountByName(ledger: Ledger, name: string): Account | undefined {
  const position = getDigest(ledger.names, nameDigest(name));
  return position === undefined ? undefined : getAccountAt(ledger.accounts, position);
}

export function positionOf(ledger: Ledger, address: Hex): number | undefined {
  return getDigest(ledger.positions, address);
}

/** The position of an account that is known to be in the ledger. */
export function positionOfAccount(ledger: Ledger, account: Account): number {
  const position = positionOf(ledger, addressOf(account.publicKey));
  if (position === undefined) throw new Error("an account that is not in the ledger");
  return position;
}

/** All accounts in order of first appearance. */
export function accountsOf(ledger: Ledger): Account[] {
  return listAccounts(ledger.accounts);
}

/** The Merkle root over all accounts, hex. */
export function ledgerRoot(ledger: Ledger): Hex {
  return accountsRoot(ledger.accounts);
}

/** What an account may draw with: its bonded stake, 0 for an unknown or a tombstoned one (SPEC §5). */
export function stakeOf(ledger: Ledger, publicKey: Hex): number {
  const account = getAccount(ledger, publicKey);
  return account === undefined || account.tombstoned ? 0 : account.bonded;
}

/**
 * Do rounds run, seen with the entries of the coming round taken in: has anybody anything bonded, activating or
 * unbonding (SPEC §6)? Otherwise the network is idle.
 */
export function isActive(ledger: Ledger): boolean {
  return ledger.totals.bonded > 0 || ledger.totals.activating > 0 || ledger.totals.unbonding > 0;
}

function nameDigest(name: string): Hex {
  return toHex(sha256(Buffer.from(foldName(name), "utf8")));
}
