import { addressOf } from "pos-shared/crypto/keys.ts";
import { tipWords } from "pos-shared/encoding/tip-words.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { Result } from "pos-shared/model/result.ts";
import type { BlockSource } from "../replica/block-source.ts";
import type { Progress, Alarm as ReplicaAlarm, VerifiedBlock } from "../replica/replica-events.ts";
import type { VerifiedChain } from "../replica/verified-chain.ts";
import type { Validator } from "../validator/validator.ts";
import { lastWonIndex, readLastWon } from "./block-reader.ts";
import type { ClientEvent } from "./client-event.ts";
import type { RoundBoard } from "./round-board.ts";
import type { Alarm, Winner } from "./session.ts";
import { slashingsOf } from "./slashings-of.ts";
import { transfersTo } from "./transfers-to.ts";
import { type WonBlock, winnerOf } from "./winner-of.ts";

export interface NewsPorts {
  readonly chain: VerifiedChain;
  readonly board: RoundBoard;
  readonly validators: readonly Validator[];
  readonly nowMs: () => number;
  readonly emit: (event: ClientEvent) => void;
  /** Something that a screen shows has changed. */
  readonly changed: () => void;
  /** Blocks were verified. */
  readonly progressed: () => void;
  /** Writes evidence down and says where, or why it could not. */
  readonly keepEvidence: (evidence: ReplicaAlarm["evidence"]) => Result<string, string>;
}

/** What the replica verified, told: to the validators, as events, and as what a screen shows. */
export class NetworkNews {
  readonly #ports: NewsPorts;
  #alarms: readonly Alarm[] = [];
  #lastAdded: WonBlock | undefined;
  #lastWinner: Winner | null = null;
  #progress: Progress | undefined;
  /** Tenths of the chain that were verified when it was told last. */
  #toldTenths = 0;
  #opening: Opening | undefined;
  /** The round that was told last. */
  #toldRound: number | undefined;
  #isLive = false;

  constructor(ports: NewsPorts) {
    this.#ports = ports;
  }

  get alarms(): readonly Alarm[] {
    return this.#alarms;
  }

  /** Worked out when somebody looks: a long chain that comes at a start has many. */
  get lastWinner(): Winner | null {
    if (this.#lastAdded !== undefined) this.#lastWinner = this.#winnerOf(this.#lastAdded);
    this.#lastAdded = undefined;
    const winner = this.#lastWinner;
    if (winner === null) return null;
    // Its depth rises where it was only linked at first.
    const verified = this.#ports.chain.columns.verifiedAt(winner.index);
    if (verified !== winner.verified) this.#lastWinner = { ...winner, verified };
    return this.#lastWinner;
  }

  /** A chain that was verified before, or by its links only, comes without the draw of its last winner: it is read anew. */
  async findLastWinner(source: BlockSource): Promise<void> {
    const { chain, changed } = this.#ports;
    const known = this.lastWinner;
    const isWhole = known !== null && (known.runnerUpScore !== null || known.isAlone);
    if (isWhole && known.index === lastWonIndex(chain)) return;
    const won = await readLastWon(chain, source);
    if (won === undefined || won.block.index < (this.lastWinner?.index ?? 0)) return;
    this.#lastAdded = won;
    changed();
  }

  /** The open round's, once it is checked. */
  get opening(): Opening | undefined {
    return this.#opening;
  }

  get progress(): Progress {
    const { head, verified } = this.#ports.chain;
    const linked = head.tip.index;
    return this.#progress ?? { linked, verified: verified.tip.index, total: linked };
  }

  /** From the first time on that the hub's tip was reached, blocks are told as events. */
  get isLive(): boolean {
    return this.#isLive;
  }

  goLive(): void {
    this.#isLive = true;
    if (this.#opening !== undefined) this.#tellRound(this.#opening);
  }

  readonly takeBlock = (added: VerifiedBlock): void => {
    const { board, validators } = this.#ports;
    const { block, verified, proposals } = added;
    this.#opening = undefined;
    if (board.round !== undefined && block.round >= board.round) board.close();
    if (block.proposal !== null) this.#lastAdded = added;
    const { index, hash, round } = block;
    if (this.#isLive) this.#ports.emit({ event: "block", index, hash, words: tipWords(hash), round, verified });
    if (this.#isLive && block.proposal !== null) this.#tellWinner();
    this.#takeSlashings(added);
    if (this.#isLive) this.#tellReceived(added);
    for (const validator of validators) validator.takeBlock(block, proposals, this.#isLive);
    this.#ports.progressed();
    this.#ports.changed();
  };

  readonly takeOpening = (opening: Opening): void => {
    const { board, chain, validators } = this.#ports;
    this.#opening = opening;
    const isNew = board.open(opening, chain.network.genesis);
    if (isNew && this.#isLive && opening.round !== this.#toldRound) this.#tellRound(opening);
    for (const validator of validators) validator.takeOpening(opening, board.leftMs(opening));
    this.#ports.changed();
  };

  /** Rounds rest, or are not followed any further. */
  readonly idle = (): void => {
    const { board, validators } = this.#ports;
    this.#opening = undefined;
    board.close();
    for (const validator of validators) validator.takeIdle();
    this.#ports.changed();
  };

  readonly takeProgress = (progress: Progress): void => {
    this.#progress = progress;
    this.#tellProgress(progress);
    this.#ports.progressed();
    this.#ports.changed();
  };

  readonly takeAlarm = ({ finding, isProven, evidence, halts }: ReplicaAlarm): void => {
    const { chain, nowMs, emit, keepEvidence, changed } = this.#ports;
    const kept = keepEvidence(evidence);
    const evidenceFile = kept.ok ? kept.value : kept.error;
    const alarm: Alarm = { failure: finding, isProven, evidenceFile, atMs: nowMs(), halts };
    this.#alarms = [...this.#alarms, kept.ok ? alarm : { ...alarm, isUnwritten: true }];
    const { rule: code, index, expected, actual } = finding;
    emit({ event: "alarm", code, index, expected, actual, proven: isProven, evidence: evidenceFile });
    if (halts) {
      this.idle();
      const message = `the hub is not followed any further; verified is the chain up to block ${chain.head.tip.index}`;
      emit({ event: "notice", message });
    }
    changed();
  };

  /** Each tenth of a chain that was longer than what is verified at once. */
  #tellProgress({ verified, total }: Progress): void {
    const tenths = Math.floor((verified * 10) / total);
    const isMore = tenths > this.#toldTenths;
    this.#toldTenths = tenths;
    if (this.#isLive && isMore) this.#ports.emit({ event: "progress", verified, total });
  }

  #tellRound({ round, closesAt }: Opening): void {
    const { validators, stake } = this.#ports.board.counts;
    this.#toldRound = round;
    this.#ports.emit({ event: "round", round, closesAt, validators, stake });
  }

  #winnerOf(added: WonBlock): Winner | null {
    const { chain, validators } = this.#ports;
    const ownKeys = new Set(validators.map(({ identity }) => identity.publicKey));
    return winnerOf(chain.network.chainId, added, ownKeys);
  }

  #tellWinner(): void {
    const winner = this.lastWinner;
    if (winner === null) return;
    const { round, index, hash, validator, name, bpm, stake, eligibleStake, isMe: you } = winner;
    this.#ports.emit({ event: "winner", round, index, hash, validator, name, bpm, stake, eligibleStake, you });
  }

  #tellReceived(added: VerifiedBlock): void {
    for (const { identity } of this.#ports.validators) {
      const { address, name, publicKey } = identity;
      for (const { from, fromName, amount } of transfersTo(address, added)) {
        if (from === publicKey) continue;
        const { index } = added.block;
        this.#ports.emit({ event: "received", amount, from: addressOf(from), fromName, index, address, name });
      }
    }
  }

  #takeSlashings(added: VerifiedBlock): void {
    const { chain, validators, emit } = this.#ports;
    for (const { publicKey, name, kind, amount } of slashingsOf(chain.network, added)) {
      if (this.#isLive) emit({ event: "slashed", address: addressOf(publicKey), name, kind, amount });
      const own = validators.find(({ identity }) => identity.publicKey === publicKey);
      own?.takeSlashing({ kind, amount, index: added.block.index });
    }
  }
}
