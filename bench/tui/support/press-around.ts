import type { Pane } from "./pane.ts";

const KEY = { pageDown: "\x1b[6~", pageUp: "\x1b[5~", backspace: "\x7f", escape: "\x1b" } as const;

/** Between two presses, in milliseconds: a fast reader. */
const PAUSE_MS = { least: 40, most: 110 };

export interface Presses {
  /** Milliseconds from a key press to its frame: moving in the chain, typing a BPM. */
  readonly lists: readonly number[];
  /** The same for each letter of a filter over the whole chain. */
  readonly filter: readonly number[];
}

/** Presses keys as somebody who looks around in the chain, so many times all of them. */
export async function pressAround(pane: Pane, times: number): Promise<Presses> {
  const { terminal } = pane;
  const lists: number[] = [];
  const filter: number[] = [];
  /** The block, and its row: while the list follows the chain, a key and a new block together may leave the block as it was. */
  const selected = (): string | undefined => {
    const found = /▸ +(\d+) /.exec(terminal.text());
    return found === null ? undefined : `${found[1]} at ${found.index}`;
  };
  const move = async (keys: string): Promise<void> => {
    const before = selected();
    lists.push(await pane.press(keys, () => selected() !== before));
    await pause();
  };
  const write = async (keys: string, shown: string, figures: number[]): Promise<void> => {
    figures.push(await pane.press(keys, () => terminal.text().includes(shown)));
    await pause();
  };
  await pane.press("C", () => selected() !== undefined);
  for (let i = 0; i < times; i++) {
    for (const keys of ["j", "j", KEY.pageDown, "k", "j", KEY.pageUp, "G", "k", "g"]) await move(keys);
    await write("7", "7▏", lists);
    await write("2", "72▏", lists);
    await write(KEY.backspace, "▸ 7▏", lists);
    await pane.press(KEY.backspace, () => !terminal.text().includes("7▏"));
    await pane.press("/", () => terminal.text().includes("/▏"));
    await write("v", "/v▏", filter);
    await write("-", "/v-▏", filter);
    await write("7", "/v-7▏", filter);
    await pane.press(KEY.escape, () => !terminal.text().includes("/v"));
    await pause();
  }
  return { lists, filter };
}

function pause(): Promise<void> {
  const ms = PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least);
  return new Promise((resolve) => setTimeout(resolve, ms));
}
