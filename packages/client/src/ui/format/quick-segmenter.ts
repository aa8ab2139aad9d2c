import { isNarrow } from "./narrow.ts";

/** Not `Intl.Segmenter`, in whose place the bundle puts the class below. */
const { Segmenter } = Intl;

export interface Segment {
  readonly segment: string;
  readonly index: number;
}

const ESCAPE = "\u001b";

/**
 * An Intl.Segmenter for graphemes that does not load the tables of Unicode before they are needed, which takes 20 ms of the
 * time to the first frame: each character of plainly narrow text is a grapheme of its own. The bundle gives it to Ink too.
 */
export class QuickSegmenter {
  #whole: Intl.Segmenter | undefined;

  segment(text: string): Iterable<Segment> {
    if (isNarrow(text.includes(ESCAPE) ? text.replaceAll(ESCAPE, "") : text)) return characters(text);
    this.#whole ??= new Segmenter(undefined, { granularity: "grapheme" });
    return this.#whole.segment(text);
  }
}

function* characters(text: string): Generator<Segment> {
  for (let index = 0; index < text.length; index++) yield { segment: text.charAt(index), index };
}
