/**
 * The tips that the panes of one machine have verified, side by side in one folder, so that they notice when a hub shows
 * them different chains. A file is named for the block in it, so that panes that agree write the same file, and a look at
 * the names is enough to see that all agree. Each appears whole or not at all.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Hex, isHex } from "pos-shared/encoding/hex.ts";
import { type SealedHeader, sealedHeaderForm, sealedHeaderOf } from "pos-shared/model/block.ts";
import { hasCanonicalForm } from "pos-shared/model/canonical.ts";
import { conforms, literal, nullable, type Of, record } from "pos-shared/model/form.ts";
import { type Opening, openingForm } from "pos-shared/model/opening.ts";

const tipForm = record({
  kind: literal("pos-tip"),
  version: literal(1),
  block: sealedHeaderForm,
  /** The opening of the block's round, where it was heard. */
  opening: nullable(openingForm),
});

/** A block that some pane verified, as it lies in the folder. What is in it the hub signed, or it says nothing. */
export type KnownTip = Of<typeof tipForm>;

export interface TipName {
  readonly index: number;
  readonly hash: Hex;
}

/** How many blocks back the panes can still compare. */
const KEPT = 32;
let unfinished = 0;

export class TipFolder {
  readonly path: string;

  constructor(homeDir: string, chainId: Hex) {
    this.path = join(homeDir, "chains", `${chainId}.tips`);
  }

  /** Adds a block, unless a pane has added it before, and lets go of older ones. @throws the file system's errors */
  async add(block: SealedHeader, opening: Opening | undefined, known: readonly TipName[]): Promise<void> {
    if (known.some(({ hash }) => hash === block.hash)) return;
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    const tip = { kind: "pos-tip", version: 1, block: sealedHeaderOf(block), opening: opening ?? null };
    // Several panes of one process too: each its own file, until it has its name.
    const path = join(this.path, `.${process.pid}-${++unfinished}`);
    await writeFile(path, `${JSON.stringify(tip)}\n`, { mode: 0o600 });
    await rename(path, this.#pathOf(block));
    const old = known.filter(({ index }) => index + KEPT <= block.index);
    await Promise.all(old.map((name) => rm(this.#pathOf(name), { force: true })));
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
      return conforms(tipForm, tip) && hasCanonicalForm(tip) && tip.block.hash === name.hash ? tip : undefined;
    } catch {
      return undefined;
    }
  }

  #pathOf({ index, hash }: TipName): string {
    return join(this.path, `${index}-${hash}.json`);
  }
}
