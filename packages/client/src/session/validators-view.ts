import { addressOf } from "pos-shared/crypto/keys.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { type AccountTree, changedAccounts, EMPTY_ACCOUNT_TREE } from "pos-shared/ledger/account-tree.ts";
import { getAccount, type Ledger, positionOf } from "pos-shared/ledger/ledger.ts";
import type { Account } from "pos-shared/model/account.ts";
import { MAX_TRANSACTIONS_PER_ROUND } from "pos-shared/model/limits.ts";
import type { ValidatorRow } from "pos-shared/protocol/hub-messages.ts";
import type { VerifiedChain } from "../replica/verified-chain.ts";
import type { Validator } from "../validator/validator.ts";
import type { ValidatorView } from "./session.ts";

/** Rows of keys that no verified block knows: a round has no more transactions by which somebody can join. */
const MOST_STRANGERS = 2 * MAX_TRANSACTIONS_PER_ROUND;

/**
 * All accounts as a screen lists them. Amounts are those of the verified ledger; who is online, and who has joined but
 * stands in no block yet, is the hub's word.
 */
export class ValidatorsView {
  readonly #chain: VerifiedChain;
  readonly #own: () => readonly Validator[];
  readonly #accounts = new Map<Hex, Account>();
  readonly #addresses = new Map<Hex, Hex>();
  readonly #rows = new Map<Hex, ValidatorRow>();
  #seenAccounts: AccountTree = EMPTY_ACCOUNT_TREE;
  #view: readonly ValidatorView[] | undefined;

  /** @param own the validators of this client, whose accounts count with their accepted transactions */
  constructor(chain: VerifiedChain, own: () => readonly Validator[]) {
    this.#chain = chain;
    this.#own = own;
  }

  /** What the hub says of some accounts. */
  takeRows(rows: readonly ValidatorRow[]): void {
    for (const row of rows) this.#rows.set(row.publicKey, row);
    this.#view = undefined;
    const { ledger } = this.#chain.head;
    if (this.#rows.size > ledger.accounts.size + MOST_STRANGERS) this.#forgetStrangers(ledger);
  }

  /** The list is the hub's word, and whom it makes up is not kept for ever. */
  #forgetStrangers(ledger: Ledger): void {
    for (const key of this.#rows.keys()) {
      if (getAccount(ledger, key) !== undefined) continue;
      this.#rows.delete(key);
      this.#addresses.delete(key);
    }
  }

  /** The chain or one's own accounts may have changed. */
  noteChange(): void {
    this.#view = undefined;
  }

  /** Most bonded first. */
  list(): readonly ValidatorView[] {
    this.#view ??= this.#build();
    return this.#view;
  }

  winsOf(publicKey: Hex): number {
    const { head, columns } = this.#chain;
    const position = positionOf(head.ledger, this.#addressOf(publicKey));
    return position === undefined ? 0 : columns.winsOf(position);
  }

  #build(): readonly ValidatorView[] {
    const { ledger } = this.#chain.head;
    for (const { account } of changedAccounts(this.#seenAccounts, ledger.accounts)) {
      this.#accounts.set(account.publicKey, account);
    }
    this.#seenAccounts = ledger.accounts;
    const own = new Map(this.#own().map((validator) => [validator.identity.publicKey, validator.account()]));
    const views: ValidatorView[] = [];
    for (const account of this.#accounts.values()) {
      views.push(this.#viewOf(own.get(account.publicKey) ?? account, own.has(account.publicKey)));
    }
    for (const row of this.#rows.values()) {
      if (this.#accounts.has(row.publicKey)) continue;
      views.push(this.#viewOf(own.get(row.publicKey) ?? row, own.has(row.publicKey)));
    }
    const bonded = views.reduce((sum, view) => sum + view.bonded, 0);
    return views
      .map((view) => ({ ...view, share: bonded === 0 ? 0 : view.bonded / bonded }))
      .sort((a, b) => b.bonded - a.bonded || b.liquid - a.liquid || (a.name < b.name ? -1 : 1));
  }

  #viewOf(
    {
      publicKey,
      name,
      liquid,
      bonded,
      tombstoned,
    }: Pick<Account, "publicKey" | "name" | "liquid" | "bonded" | "tombstoned">,
    isMe: boolean,
  ): ValidatorView {
    const luck = this.#chain.luck.of(publicKey);
    return {
      publicKey,
      address: this.#addressOf(publicKey),
      name,
      liquid,
      bonded,
      share: 0,
      wins: this.winsOf(publicKey),
      checkedRounds: luck.rounds,
      checkedWins: luck.wins,
      expectedWins: luck.expectedWins,
      variance: luck.variance,
      isOnline: isMe || (this.#rows.get(publicKey)?.online ?? false),
      isTombstoned: tombstoned,
      isMe,
    };
  }

  #addressOf(publicKey: Hex): Hex {
    const known = this.#addresses.get(publicKey);
    if (known !== undefined) return known;
    const address = addressOf(publicKey);
    this.#addresses.set(publicKey, address);
    return address;
  }
}
