import type { Hex } from "pos-shared/encoding/hex.ts";
import type { Ledger } from "pos-shared/ledger/ledger.ts";
import { stakeOf } from "pos-shared/ledger/ledger.ts";
import type { Block } from "pos-shared/model/block.ts";

/** Of one validator, over the rounds in which its taking part was checked here. */
export interface LuckOf {
  readonly rounds: number;
  readonly wins: number;
  /** Σp. */
  readonly expectedWins: number;
  /** Σp(1−p). */
  readonly variance: number;
}

const NO_LUCK: LuckOf = { rounds: 0, wins: 0, expectedWins: 0, variance: 0 };

/** Luck of all validators: wins beside their chances (TUI, rule 20). Only rounds count whose proposals were checked. */
export class Luck {
  readonly #byKey = new Map<Hex, LuckOf>();
  #rounds = 0;

  /** Rounds counted so far. */
  get rounds(): number {
    return this.#rounds;
  }

  of(publicKey: Hex): LuckOf {
    return this.#byKey.get(publicKey) ?? NO_LUCK;
  }

  /** @param participants public keys that are known to have proposed in the block's round, all or some */
  count(block: Block, participants: readonly Hex[], ledgerAfter: Ledger): void {
    const { eligibleStake } = block.draw;
    if (block.proposal === null || eligibleStake === 0) return;
    this.#rounds++;
    for (const publicKey of participants) {
      const chance = stakeOf(ledgerAfter, publicKey) / eligibleStake;
      if (chance === 0) continue;
      const { rounds, wins, expectedWins, variance } = this.of(publicKey);
      this.#byKey.set(publicKey, {
        rounds: rounds + 1,
        wins: wins + (block.proposal.publicKey === publicKey ? 1 : 0),
        expectedWins: expectedWins + chance,
        variance: variance + chance * (1 - chance),
      });
    }
  }

  toJSON(): { rounds: number; validators: [Hex, number, number, number, number][] } {
    return {
      rounds: this.#rounds,
      validators: [...this.#byKey].map(([key, { rounds, wins, expectedWins, variance }]) => [
        key,
        rounds,
        wins,
        expectedWins,
        variance,
      ]),
    };
  }

  static fromJSON({ rounds, validators }: ReturnType<Luck["toJSON"]>): Luck {
    const luck = new Luck();
    luck.#rounds = rounds;
    for (const [key, inRounds, wins, expectedWins, variance] of validators) {
      luck.#byKey.set(key, { rounds: inRounds, wins, expectedWins, variance });
    }
    return luck;
  }
}
