import type { BlockFilter, FoundBlocks, Session, SessionState } from "../../session/session.ts";
import type { ChainSource } from "./chain-window.ts";

/** What a filter's text means: digits a BPM, `#` and hex the beginning of a hash, anything else part of the winner's name. */
export function parseBlockFilter(text: string, myName: string | null): BlockFilter | null {
  const wanted = text.trim();
  if (wanted === "") return null;
  if (/^\d{1,15}$/.test(wanted)) return { bpm: Number(wanted) };
  if (/^#[0-9a-f]*$/i.test(wanted)) return { hash: wanted.slice(1).toLowerCase() };
  if (wanted === "me" && myName !== null) return { winner: myName };
  return { winner: wanted };
}

/** Reads the chain for the screen; the result of a filter is kept until the filter or the chain changes. */
export class ChainReader {
  readonly #session: Pick<Session, "readRows" | "findBlocks">;
  #kept: { readonly text: string; readonly tip: string; readonly blocks: FoundBlocks } | undefined;

  constructor(session: Pick<Session, "readRows" | "findBlocks">) {
    this.#session = session;
  }

  /** The chain as a list, filtered or whole. */
  source(state: SessionState, filter: string): ChainSource {
    return { tip: state.tip.index, readRows: this.#session.readRows, kept: this.#keptBlocks(state, filter) };
  }

  #keptBlocks({ tip, me }: SessionState, text: string): FoundBlocks | null {
    const filter = parseBlockFilter(text, me?.name ?? null);
    // The whole chain is read between, for what is not filtered: what was found stays for those who filter.
    if (filter === null) return null;
    if (this.#kept?.text === text && this.#kept.tip === tip.hash) return this.#kept.blocks;
    const blocks = this.#session.findBlocks(filter);
    this.#kept = { text, tip: tip.hash, blocks };
    return blocks;
  }
}
