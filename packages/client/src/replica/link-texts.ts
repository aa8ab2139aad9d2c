/** Links of a long gap, from blocks as text: the next pages come while one is looked at. */
import type { BlockSource } from "./block-source.ts";
import { PagesAhead } from "./pages-ahead.ts";
import type { VerifiedChain } from "./verified-chain.ts";

const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

export interface TextLinking {
  readonly chain: VerifiedChain;
  readonly source: BlockSource;
  /** Up to this index. */
  readonly last: number;
  /** Takes a block that is not plain. False: that was the end. */
  readonly takeOne: (value: unknown) => Promise<boolean>;
  /** After each page. False: that was the end. */
  readonly pageDone: () => Promise<boolean>;
}

/** Goes as far as it can. Whatever stands in its way is left where it is, for who makes objects of blocks to judge. */
export async function linkTexts({ chain, source, last, takeOne, pageDone }: TextLinking): Promise<void> {
  if (source.blockTexts === undefined) return;
  const next = () => chain.head.tip.index + 1;
  const pages = new PagesAhead(source.blockTexts, last);
  while (next() <= last) {
    const page = await pages.take(next());
    if (!page.ok || page.value.length === 0) return;
    if (!(await linkPage(page.value))) return;
    if (!(await pageDone())) return;
  }

  async function linkPage(text: Buffer): Promise<boolean> {
    let at = 0;
    while (next() <= last) {
      at = chain.extendByText(text, at, last);
      if (at >= text.length || next() > last) break;
      const end = endOfObject(text, at);
      const value = parse(text.toString("utf8", at, end));
      if (value === undefined || !(await takeOne(value))) return false;
      at = text[end] === COMMA ? end + 1 : end;
    }
    return true;
  }
}

/** Where the object ends that begins at `from`; the end of the text where it does not. */
function endOfObject(text: Buffer, from: number): number {
  let depth = 0;
  let isQuoted = false;
  for (let at = from; at < text.length; at++) {
    const byte = text[at];
    if (isQuoted) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isQuoted = false;
    } else if (byte === QUOTE) {
      isQuoted = true;
    } else if (byte === OPENING_BRACE) {
      depth++;
    } else if (byte === CLOSING_BRACE && --depth === 0) {
      return at + 1;
    }
  }
  return text.length;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
