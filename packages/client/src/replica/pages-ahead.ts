import type { Result } from "pos-shared/model/result.ts";
import type { AskedTexts, BlockSource, SourceFailure } from "./block-source.ts";

/** The hub answers with at most 1 MiB: so many plain blocks are less. */
const MOST_BLOCKS = 512;
/** The hub reads one page while another is on its way, and a third is looked at. */
const AHEAD = 2;

interface Page extends AskedTexts {
  readonly from: number;
}

/**
 * Asks for pages before they are wanted. It guesses that a page holds as many blocks as were asked for; a wrong guess costs
 * time and nothing else.
 */
export class PagesAhead {
  readonly #ask: NonNullable<BlockSource["blockTexts"]>;
  readonly #last: number;
  #limit = MOST_BLOCKS;
  #underWay: Page[] = [];
  /** Pages that have not come yet, those that are not wanted any more too: a hub may keep them back for ever. */
  #open = 0;
  #taken: Page | undefined;

  /** @param last the last block that is wanted */
  constructor(ask: NonNullable<BlockSource["blockTexts"]>, last: number) {
    this.#ask = ask;
    this.#last = last;
  }

  /** The page from a block on, which follows all those of the page before. */
  take(from: number): Promise<Result<Buffer, SourceFailure>> {
    const before = this.#taken;
    if (before !== undefined) {
      const served = from - before.from;
      const isWhole = served >= before.blocks;
      this.#limit = isWhole ? Math.min(this.#limit * 2, MOST_BLOCKS) : Math.max(Math.floor(served / 2), 1);
    }
    if (this.#underWay[0]?.from !== from) this.#underWay = [];
    const page = this.#underWay.shift() ?? this.#request(from);
    this.#taken = page;
    let { from: first, blocks } = this.#underWay.at(-1) ?? page;
    while (this.#open <= AHEAD && this.#underWay.length < AHEAD && first + blocks <= this.#last) {
      const next = this.#request(first + blocks);
      this.#underWay.push(next);
      ({ from: first, blocks } = next);
    }
    return page.texts;
  }

  #request(from: number): Page {
    const asked = this.#ask(from, Math.min(this.#limit, this.#last - from + 1));
    this.#open++;
    void asked.texts.then(() => this.#open--);
    return { from, ...asked };
  }
}
