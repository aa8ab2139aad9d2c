import type { HubPort } from "../sequencer/hub-port.ts";
import { SharedPage } from "./shared-page.ts";

interface KeptPage {
  readonly page: SharedPage;
  readonly letGo: () => void;
}

/** Pages of about 1 MiB; joiners who arrive together mostly ask for the same. */
const KEPT_PAGES = 8;

/** Pages of blocks as bytes, read from the store as they are, and shared between those who catch up. */
export class BlockPages {
  readonly #hub: HubPort;
  readonly #pages = new Map<string, KeptPage>();

  constructor(hub: HubPort) {
    this.#hub = hub;
  }

  /** The blocks' texts, separated by commas. To be held by who does not use it at once. */
  read(from: number, limit: number): SharedPage {
    const key = `${from}/${limit}`;
    const tipIndex = this.#hub.status().tip.index;
    const kept = this.#pages.get(key);
    // Deleted and set anew, so that the first of the map is always what was not asked for longest.
    this.#pages.delete(key);
    if (kept !== undefined && (kept.page.tipIndex === null || kept.page.tipIndex === tipIndex)) {
      this.#pages.set(key, kept);
      return kept.page;
    }
    kept?.letGo();
    const page = this.#load(from, limit, tipIndex);
    this.#pages.set(key, { page, letGo: page.hold() });
    const [oldest] = this.#pages;
    if (this.#pages.size > KEPT_PAGES && oldest !== undefined) {
      this.#pages.delete(oldest[0]);
      oldest[1].letGo();
    }
    return page;
  }

  #load(from: number, limit: number, tipIndex: number): SharedPage {
    const { count, text } = this.#hub.readBlocks(from, limit);
    const isFull = count === limit || from + count <= tipIndex;
    return new SharedPage(text, isFull ? null : tipIndex);
  }
}
