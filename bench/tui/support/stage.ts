/** What the screen is measured in front of: the real hub on a long chain, with its validators connected. */
import { constants, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { networkOf } from "pos-shared/chain/network.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import { Electorate } from "../../load/electorate.ts";
import type { ChainTip } from "../../load/validators.ts";
import { type HubProcess, startHub } from "../../run/hub-process.ts";
import { type Bench, count, pick } from "../../run/row.ts";
import { KnownChain } from "./known-chain.ts";
import { homeDirIn, Pane } from "./pane.ts";

const ROUND_S = 10;
const SMOKE_BLOCKS = 60;

/** Sizes of the chain behind the screen. */
export const chainLengths = (bench: Bench): readonly number[] => pick(bench, [SMOKE_BLOCKS], [10_000, 1_000_000]);

/** As a line of the table says it. */
export const sizeOf = ({ blocks, validators }: Stage): string =>
  `${count(blocks)} blocks, ${count(validators)} validators`;

const stages = new Map<number, Promise<Stage>>();

/** The stage with a chain of so many blocks. All rows of a run share it; it ends with the bench. */
export function stageOf(bench: Bench, blocks: number): Promise<Stage> {
  const known = stages.get(blocks) ?? Stage.build(bench, blocks);
  stages.set(blocks, known);
  return known;
}

export class Stage {
  readonly blocks: number;
  readonly validators: number;
  readonly #directory: string;
  readonly #chain: KnownChain;
  readonly #hub: HubProcess;
  readonly #electorate: Electorate;
  #isPlaying = false;
  #playing: Promise<void> = Promise.resolve();
  #homes = 0;

  private constructor(parts: {
    blocks: number;
    validators: number;
    directory: string;
    chain: KnownChain;
    hub: HubProcess;
    electorate: Electorate;
  }) {
    this.blocks = parts.blocks;
    this.validators = parts.validators;
    this.#directory = parts.directory;
    this.#chain = parts.chain;
    this.#hub = parts.hub;
    this.#electorate = parts.electorate;
  }

  static async build(bench: Bench, blocks: number): Promise<Stage> {
    const validators = pick(bench, 20, 1_000);
    const directory = mkdtempSync(join(bench.cache, "stage-"));
    process.once("exit", () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
    // Long enough to be watched while it is verified.
    const sound = pick(bench, SMOKE_BLOCKS, 2_500);
    const cache = pick(bench, directory, bench.cache);
    const chain = await KnownChain.of(cache, { blocks, validators, sound }, bench.note);
    const data = join(directory, "data");
    // The hub goes on with a copy: the chain in the cache stays as long as it is.
    cpSync(chain.data, data, { recursive: true, mode: constants.COPYFILE_FICLONE });
    const hub = await startHub(["--data", data], directory, ["--round", `${ROUND_S}s`]);
    const electorate = new Electorate(1);
    bench.note(`${count(validators)} validators log in at a hub with ${count(blocks)} blocks`);
    const tip = await tipOf(hub.port);
    await electorate.open({ port: hub.port, from: 0, count: validators, inGenesis: validators, tip });
    return new Stage({ blocks, validators, directory, chain, hub, electorate });
  }

  /** An empty home directory for a client, who is named after it. */
  makeHome(): string {
    const home = join(this.#directory, `home-${this.#homes++}`);
    mkdirSync(home);
    return home;
  }

  /** The home of a client that has verified the chain before. */
  makeKnowingHome(): string {
    const home = this.makeHome();
    this.#chain.copyCheckpoint(homeDirIn(home));
    return home;
  }

  /** Starts a client's screen. */
  openPane(home: string): Pane {
    const name = basename(home);
    return Pane.ofClient(home, ["--hub", `127.0.0.1:${this.#hub.port}`, "--name", name, "--stake", "100"]);
  }

  /** From now on all validators propose in every round. */
  play(): void {
    this.#isPlaying = true;
    this.#playing = this.#playRounds();
    // Thrown again where somebody waits for it.
    this.#playing.catch(() => {});
  }

  /** Until the end of the round that is played. */
  async rest(): Promise<void> {
    this.#isPlaying = false;
    await this.#playing;
  }

  async #playRounds(): Promise<void> {
    while (this.#isPlaying) {
      await this.#electorate.prepare();
      await this.#electorate.propose();
      await this.#electorate.block();
    }
  }
}

async function tipOf(port: number): Promise<ChainTip> {
  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(`http://127.0.0.1:${port}/api/${path}`)).json()) as T;
  const { chainId, rule } = networkOf(await get<Genesis>("genesis"));
  const { index } = await get<{ index: number }>("status");
  const block = await get<Block>(`blocks/${index}`);
  return { hash: block.hash, seed: rule.nextSeed(chainId, block) };
}
