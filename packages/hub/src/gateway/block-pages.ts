import type { HubPort } from "../sequencer/hub-port.ts";

interface Page {
  readonly text: Buffer;
  /** The tip that this page ends with, or null for a page that can never grow. */
  readonly tipIndex: number | null;
}

/** Pages of about 1 MiB; joiners who arrive together mostly ask for the same. */
const KEPT_PAGES = 8;

/** Pages of blocks as bytes, read from the store as they are, and shared between those who catch up. */
export class BlockPages {
  readonly #hub: HubPort;
  readonly #pages = new Map<string, Page>();

  constructor(hub: HubPort) {
    this.#hub = hub;
  }

  /** The blocks' texts, separated by commas. */
  read(from: number, limit: number): Buffer {
    const key = `${from}/${limit}`;
    const tipIndex = this.#hub.status().tip.index;
    const kept = this.#pages.get(key);
    // Deleted and set anew, so that the first of the map is always what was not asked for longest.
    this.#pages.delete(key);
    const isFresh = kept !== undefined && (kept.tipIndex === null || kept.tipIndex === tipIndex);
    const page = isFresh ? kept : this.#load(from, limit, tipIndex);
    this.#pages.set(key, page);
    if (this.#pages.size > KEPT_PAGES) {
      const [oldest] = this.#pages.keys();
      if (oldest !== undefined) this.#pages.delete(oldest);
    }
    return page.text;
  }

  #load(from: number, limit: number, tipIndex: number): Page {
    const { count, text } = this.#hub.readBlocks(from, limit);
    const isFull = count === limit || from + count <= tipIndex;
    return { text, tipIndex: isFull ? null : tipIndex };
  }
}
