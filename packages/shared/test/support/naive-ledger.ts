/** SPEC §3 written down as plainly as it can be: an array of accounts, searched from end to end. The ledger's dumb twin. */
import { addressOf } from "../../src/crypto/keys.ts";
import type { Account, Pending } from "../../src/model/account.ts";
import type { Genesis } from "../../src/model/genesis.ts";

const MAX = 2 ** 53 - 1;

/** A transaction without its signature; a slash is named by the key that it speaks against. */
export type NaiveTransaction =
  | { readonly type: "join"; readonly publicKey: string; readonly name: string; readonly grant: number }
  | { readonly type: "bond" | "unbond"; readonly publicKey: string; readonly nonce: number; readonly amount: number }
  | {
      readonly type: "transfer";
      readonly publicKey: string;
      readonly nonce: number;
      readonly to: string;
      readonly amount: number;
    }
  | { readonly type: "slash"; readonly publicKey: string };

type NaiveMove = Exclude<NaiveTransaction, { type: "join" | "slash" }>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class NaiveLedger {
  readonly genesis: Genesis;
  accounts: Mutable<Account>[] = [];
  minted = 0;
  burned = 0;

  constructor(genesis: Genesis) {
    this.genesis = genesis;
    for (const { publicKey, name, liquid, bonded } of genesis.accounts) {
      this.#open(publicKey, name, liquid, bonded);
      this.minted += liquid + bonded;
    }
  }

  /** Amounts that are due by this round arrive. */
  mature(round: number): void {
    const isDue = (entry: Pending): boolean => entry.round <= round;
    for (const account of this.accounts) {
      for (const { amount } of account.activating.filter(isDue)) account.bonded += amount;
      for (const { amount } of account.unbonding.filter(isDue)) account.liquid += amount;
      account.activating = account.activating.filter((entry) => !isDue(entry));
      account.unbonding = account.unbonding.filter((entry) => !isDue(entry));
    }
  }

  reward(publicKey: string): void {
    const reward = Math.min(this.genesis.blockReward, MAX - this.minted);
    const winner = this.#find(publicKey);
    if (winner === undefined) throw new Error("no such winner");
    winner.liquid += reward;
    this.minted += reward;
  }

  /** Whether the transaction holds; if not, nothing changes. */
  apply(transaction: NaiveTransaction, round: number): boolean {
    if (transaction.type === "join") return this.#join(transaction);
    const account = this.#find(transaction.publicKey);
    if (account === undefined) return false;
    if (transaction.type === "slash") return this.#slash(account);
    if (transaction.nonce !== account.nonce || transaction.amount < 1) return false;
    const holds = this.#move(account, transaction, round);
    if (holds) account.nonce += 1;
    return holds;
  }

  #move(account: Mutable<Account>, transaction: NaiveMove, round: number): boolean {
    if ("to" in transaction) return this.#transfer(account, transaction.to, transaction.amount);
    return transaction.type === "bond"
      ? this.#bond(account, transaction.amount, round)
      : this.#unbond(account, transaction.amount, round);
  }

  #join({ publicKey, name, grant }: Extract<NaiveTransaction, { type: "join" }>): boolean {
    const { faucet } = this.genesis;
    if (this.#find(publicKey) !== undefined) return false;
    if (this.accounts.some((other) => other.name.toLowerCase() === name.toLowerCase())) return false;
    if (faucet === "unlimited" ? grant > 1_000_000_000 : grant !== faucet) return false;
    if (BigInt(this.minted) + BigInt(grant) > BigInt(MAX)) return false;
    this.#open(publicKey, name, grant, 0);
    this.minted += grant;
    return true;
  }

  #bond(account: Mutable<Account>, amount: number, round: number): boolean {
    const due = round + this.genesis.activationDelay;
    const isDelayed = this.genesis.activationDelay > 0 && this.accounts.some(({ bonded }) => bonded > 0);
    if (account.tombstoned || amount > account.liquid) return false;
    if (isDelayed && (due > MAX || account.activating.length === 64)) return false;
    account.liquid -= amount;
    if (isDelayed) account.activating = [...account.activating, { amount, round: due }];
    else account.bonded += amount;
    return true;
  }

  #unbond(account: Mutable<Account>, amount: number, round: number): boolean {
    const due = round + this.genesis.unbondingRounds;
    if (amount > account.bonded || due > MAX || account.unbonding.length === 64) return false;
    account.bonded -= amount;
    account.unbonding = [...account.unbonding, { amount, round: due }];
    return true;
  }

  #transfer(account: Mutable<Account>, to: string, amount: number): boolean {
    const recipient = this.accounts.find(({ publicKey }) => addressOf(publicKey) === to);
    if (recipient === undefined || amount > account.liquid) return false;
    account.liquid -= amount;
    recipient.liquid += amount;
    return true;
  }

  #slash(account: Mutable<Account>): boolean {
    if (account.tombstoned) return false;
    this.burned += account.bonded;
    for (const { amount } of [...account.activating, ...account.unbonding]) this.burned += amount;
    Object.assign(account, { bonded: 0, activating: [], unbonding: [], tombstoned: true });
    return true;
  }

  #open(publicKey: string, name: string, liquid: number, bonded: number): void {
    const empty = { activating: [], unbonding: [], tombstoned: false };
    this.accounts.push({ publicKey, name, nonce: 1, liquid, bonded, ...empty });
  }

  #find(publicKey: string): Mutable<Account> | undefined {
    return this.accounts.find((account) => account.publicKey === publicKey);
  }
}
