/**
 * The tips that the panes of one machine have verified, side by side in one folder, so that they notice when a hub shows
 * them different chains. A file is named for the block in it, so that panes that agree write the same file, and a look at
 * the names is enough to see that all agree. Each appears whole or not at all.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Hex, isHex } from "pos-shared/encoding/hex.ts";
import { type SealedHeader, sealedHeaderOf } from "pos-shared/model/block.ts";
import { hasCanonicalForm } from "pos-shared/model/canonical.ts";
import { conforms, literal, record } from "pos-shared/model/form.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import { type KnownTip, knownTipFields } from "../replica/compare-tips.ts";

const tipForm = record({ kind: literal("pos-tip"), version: literal(1), ...knownTipFields });

export interface TipName {
  readonly index: number;
  readonly hash: Hex;
}

/** How many blocks back the panes can still compare. */
const KEPT = 32;
const GENESIS = "genesis.json";
let unfinished = 0;

export class TipFolder {
  readonly path: string;

  constructor(homeDir: string, chainId: Hex) {
    this.path = join(homeDir, "chains", `${chainId}.tips`);
  }

  /** Adds a block, unless a pane has added it before, and lets go of older ones. @throws the file system's errors */
  async add(block: SealedHeader, opening: Opening | undefined, known: readonly TipName[]): Promise<void> {
    if (known.some(({ hash }) => hash === block.hash)) return;
    const tip = { kind: "pos-tip", version: 1, block: sealedHeaderOf(block), opening: opening ?? null };
    await this.#put(this.#pathOf(block), tip);
    const old = known.filter(({ index }) => index + KEPT <= block.index);
    await Promise.all(old.map((name) => rm(this.#pathOf(name), { force: true })));
  }

  /** Who compares needs the genesis, which a checkpoint may not hold yet. @throws the file system's errors */
  async keepGenesis(genesis: Genesis): Promise<void> {
    const path = join(this.path, GENESIS);
    if (!existsSync(path)) await this.#put(path, genesis);
  }

  /** Whatever lies there: its hash is the chain id, or it is none. */
  async readGenesis(): Promise<unknown> {
    try {
      return JSON.parse(await readFile(join(this.path, GENESIS), "utf8"));
    } catch {
      return undefined;
    }
  }

  /** All blocks that lie here, by their names alone. @throws the file system's errors */
  async list(): Promise<readonly TipName[]> {
    const names = await readdir(this.path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    return names.flatMap((name) => {
      const [, index, hash] = /^(\d{1,16})-([0-9a-f]{64})\.json$/.exec(name) ?? [];
      return index !== undefined && isHex(hash, 32) ? [{ index: Number(index), hash }] : [];
    });
  }

  /** Undefined where another pane has let go of it, or it is none. @throws the file system's errors */
  async read(name: TipName): Promise<KnownTip | undefined> {
    const text = await readFile(this.#pathOf(name), "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    try {
      const tip: unknown = JSON.parse(text ?? "null");
      if (!conforms(tipForm, tip) || !hasCanonicalForm(tip) || tip.block.hash !== name.hash) return undefined;
      return { block: tip.block, opening: tip.opening };
    } catch {
      return undefined;
    }
  }

  async #put(path: string, value: object): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    // Several panes of one process too: each its own file, until it has its name.
    const own = join(this.path, `.${process.pid}-${++unfinished}`);
    await writeFile(own, `${JSON.stringify(value)}\n`, { mode: 0o600 });
    await rename(own, path);
  }

  #pathOf({ index, hash }: TipName): string {
    return join(this.path, `${index}-${hash}.json`);
  }
}
