import { authorOf } from "pos-shared/chain/apply-transaction.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Account } from "pos-shared/model/account.ts";
import { conforms } from "pos-shared/model/form.ts";
import { slashForm } from "pos-shared/model/transaction.ts";
import { AddressBudgets } from "./address-budgets.ts";
import { type Rate, TokenBucket } from "./token-bucket.ts";

/**
 * Evidence is anybody's, and a VRF proof takes milliseconds to check: strangers could ask for more of that than
 * a processor has. So only some of it is examined a second, of one address and in all. What is refused without any arithmetic (its form,
 * an author who has no account or is slashed already) takes nothing.
 */
export class EvidenceGate {
  readonly #accountOf: (publicKey: Hex) => Account | undefined;
  readonly #ofAddress: AddressBudgets;
  readonly #inAll: TokenBucket;
  readonly #nowMs: () => number;

  /** @param nowMs a monotonic clock, milliseconds. */
  constructor(
    accountOf: (publicKey: Hex) => Account | undefined,
    limits: { readonly evidence: Rate; readonly evidenceOfAddress: Rate },
    nowMs: () => number,
  ) {
    this.#accountOf = accountOf;
    this.#ofAddress = new AddressBudgets(limits.evidenceOfAddress, nowMs);
    this.#inAll = new TokenBucket(limits.evidence, nowMs());
    this.#nowMs = nowMs;
  }

  /** May this be handed on? If not, it may later. */
  admits(address: string, slash: unknown): boolean {
    if (!conforms(slashForm, slash)) return true;
    const account = this.#accountOf(authorOf(slash.evidence));
    if (account === undefined || account.tombstoned) return true;
    const nowMs = this.#nowMs();
    if (this.#inAll.msUntil(1, nowMs) > 0 || this.#ofAddress.take(address, 1) > 0) return false;
    this.#inAll.take(1, nowMs);
    return true;
  }

  /** Forgets addresses that have everything back. To be called now and then. */
  sweep(): void {
    this.#ofAddress.sweep();
  }
}
