import type { Checkpoint } from "../replica/checkpoint-file.ts";
import { checkpointPath, peekCheckpoint, writeCheckpoint } from "../replica/checkpoint-file.ts";
import type { VerifiedChain } from "../replica/verified-chain.ts";
import type { Runtime } from "../runtime.ts";
import { storageFailureOf } from "../words/storage-failures.ts";

const LEAST_INTERVAL_MS = 5_000;
/** The longer the chain, the more blocks go by between two checkpoints: what is written stays small beside what is verified. */
const SHARE_OF_CHAIN = 1 / 256;

/** Keeps the checkpoint of a chain on the disk up to date, together with the other panes of the machine. */
export class CheckpointKeeper {
  readonly #path: string;
  readonly #chain: VerifiedChain;
  readonly #runtime: Runtime;
  readonly #onFailure: (reason: string) => void;
  #savedIndex: number;
  #savedAtMs: number;
  #writing: Promise<void> | undefined;
  #hasFailed = false;

  constructor(homeDir: string, chain: VerifiedChain, runtime: Runtime, onFailure: (reason: string) => void) {
    this.#path = checkpointPath(homeDir, chain.network.chainId);
    this.#chain = chain;
    this.#runtime = runtime;
    this.#onFailure = onFailure;
    this.#savedIndex = chain.verified.tip.index;
    this.#savedAtMs = runtime.monotonicMs();
  }

  /** To be called after blocks were verified. */
  noteProgress(): void {
    const { index } = this.#chain.verified.tip;
    const isDue = index - this.#savedIndex >= Math.max(1, index * SHARE_OF_CHAIN);
    if (!isDue || this.#runtime.monotonicMs() - this.#savedAtMs < LEAST_INTERVAL_MS) return;
    void this.save();
  }

  /** Writes what is verified, unless another pane has come as far. */
  save(): Promise<void> {
    this.#writing ??= this.#save().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #save(): Promise<void> {
    const { checkpoint } = this.#chain;
    this.#savedAtMs = this.#runtime.monotonicMs();
    if (checkpoint === undefined || checkpoint.block.index <= this.#savedIndex) return;
    this.#savedIndex = checkpoint.block.index;
    await this.#write(checkpoint);
  }

  async #write(checkpoint: Checkpoint): Promise<void> {
    try {
      if (peekCheckpoint(this.#path) >= checkpoint.block.index) return;
      await writeCheckpoint(this.#path, checkpoint, this.#runtime);
    } catch (error) {
      // Without one everything is verified again next time: worth a line, once.
      if (!this.#hasFailed) this.#onFailure(storageFailureOf(error));
      this.#hasFailed = true;
    }
  }
}
