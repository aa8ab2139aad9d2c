import { isSealedBlock, isSignedOpening } from "pos-shared/evidence/dishonest-hub.ts";
import type { KnownTip } from "../replica/compare-tips.ts";
import type { EvidenceInput } from "../replica/evidence/make-evidence.ts";
import { SerialQueue } from "../replica/serial-queue.ts";
import type { VerifiedChain } from "../replica/verified-chain.ts";
import type { Cancel, Runtime } from "../runtime.ts";
import { storageFailureOf } from "../words/storage-failures.ts";
import type { TipFolder, TipName } from "./tip-folder.ts";

/** A pane whose hub sends nothing any more still looks so often. */
const LOOK_EVERY_MS = 2_000;

export interface TipWatchPorts {
  readonly folder: TipFolder;
  readonly chain: VerifiedChain;
  readonly runtime: Runtime;
  /** Two blocks of one index, or two openings of one round. */
  readonly report: (evidence: EvidenceInput) => void;
  /** The folder cannot be used; told once. */
  readonly onFailure: (reason: string) => void;
}

/** Compares the verified tip with those of this machine's other panes, at every block and now and then. */
export class TipWatch {
  readonly #ports: TipWatchPorts;
  readonly #queue = new SerialQueue();
  readonly #looked = new Set<string>();
  #cancel: Cancel = () => {};
  #isRunning = false;
  #hasFailed = false;

  constructor(ports: TipWatchPorts) {
    this.#ports = ports;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#schedule();
    void this.look();
  }

  stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancel();
    return this.#queue.run(() => {});
  }

  /** To be called when the tip has moved. Never rejects. */
  look(): Promise<void> {
    return this.#queue.run(async () => {
      if (!this.#isRunning) return;
      try {
        await this.#look();
      } catch (error) {
        // Without the folder there is nothing to compare with: worth a line, once.
        if (!this.#hasFailed) this.#ports.onFailure(storageFailureOf(error));
        this.#hasFailed = true;
      }
    });
  }

  #schedule(): void {
    this.#cancel = this.#ports.runtime.schedule(LOOK_EVERY_MS, () => {
      if (!this.#isRunning) return;
      this.#schedule();
      void this.look();
    });
  }

  async #look(): Promise<void> {
    const { folder, chain } = this.#ports;
    const block = chain.verifiedBlock;
    const known = await folder.list();
    if (block !== null) {
      await folder.keepGenesis(chain.network.genesis);
      await folder.add(block, chain.held.openingOf(block.round), known);
    }
    for (const name of known) {
      if (this.#looked.has(name.hash) || name.index > chain.verified.tip.index) continue;
      this.#looked.add(name.hash);
      const tip = await folder.read(name);
      if (tip !== undefined) await this.#compare(name, tip);
    }
    this.#forget(known);
  }

  async #compare({ index }: TipName, { block, opening }: KnownTip): Promise<void> {
    const { chain, report, folder } = this.#ports;
    const { genesis, chainId } = chain.network;
    if (block.index !== index) return;
    if (block.hash !== chain.columns.hashAt(index) && isSealedBlock(genesis, chainId, block)) {
      const own = await folder.read({ index, hash: chain.columns.hashAt(index) });
      const isOurs = own !== undefined && isSealedBlock(genesis, chainId, own.block);
      const twin = chain.findTwin(block, isOurs ? own.block : undefined);
      if (twin !== undefined) report(twin);
    }
    if (opening === null || !isSignedOpening(genesis, chainId, opening)) return;
    // Only what this pane has heard itself can differ; what it has not is none of its business.
    if (chain.held.openingOf(opening.round) === undefined) return;
    const taken = chain.takeOpening(opening);
    if (!taken.ok) report(taken.error);
  }

  #forget(known: readonly TipName[]): void {
    const hashes = new Set(known.map(({ hash }) => hash));
    for (const hash of this.#looked) if (!hashes.has(hash)) this.#looked.delete(hash);
  }
}
