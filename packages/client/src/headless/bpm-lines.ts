import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";

/** Longer ones are no BPM, and are not kept while they come. */
const MAX_LINE_UNITS = 256;
const WHOLE_NUMBER = /^[+-]?\d+$/;
const EXPECTED = "a whole number";

/** Lowest and highest BPM of a network. */
export interface BpmRange {
  readonly min: number;
  readonly max: number;
}

export interface BadLine {
  readonly line: string;
  readonly fault: ErrorFacts;
}

/**
 * Reads one line as a BPM, as the tutorial's `nc` sent them. Whether it lies in the network's range is checked apart.
 *
 * @param range the network's, where it is known, for what is larger than any number that could be checked
 */
export function parseBpmLine(line: string, range?: BpmRange): Result<number, BadLine> {
  const text = line.trim();
  const bpm = Number(text);
  if (text === "" || !WHOLE_NUMBER.test(text)) {
    const actual = text === "" ? "an empty line" : JSON.stringify(text);
    return err({ line: text, fault: { code: "MALFORMED", path: "bpm", expected: EXPECTED, actual } });
  }
  return Number.isSafeInteger(bpm) ? ok(bpm) : err({ line: text, fault: hugeFault(text, range) });
}

function hugeFault(actual: string, range: BpmRange | undefined): ErrorFacts {
  if (range !== undefined) return { code: "BPM_OUT_OF_RANGE", expected: `${range.min} to ${range.max}`, actual };
  return { code: "MALFORMED", path: "bpm", expected: `${EXPECTED} of a BPM`, actual };
}

/** Cuts text into lines, however it is split into pieces. */
export class LineSplitter {
  #rest = "";
  #isTooLong = false;

  /** The lines that are whole now. A line that is too long comes as an error. */
  feed(text: string): Result<string, BadLine>[] {
    const lines: Result<string, BadLine>[] = [];
    const parts = text.split("\n");
    const last = parts.pop() ?? "";
    for (const part of parts) {
      this.#add(part);
      lines.push(this.#take());
    }
    this.#add(last);
    return lines;
  }

  /** What stands after the last line break. */
  end(): Result<string, BadLine>[] {
    return this.#rest === "" && !this.#isTooLong ? [] : [this.#take()];
  }

  #add(part: string): void {
    this.#isTooLong ||= this.#rest.length + part.length > MAX_LINE_UNITS;
    this.#rest = this.#isTooLong ? this.#rest.slice(0, 16) : this.#rest + part;
  }

  #take(): Result<string, BadLine> {
    const line = this.#rest;
    const isTooLong = this.#isTooLong;
    this.#rest = "";
    this.#isTooLong = false;
    if (!isTooLong) return ok(line);
    const expected = `a line of at most ${MAX_LINE_UNITS} characters`;
    return err({ line: `${line}…`, fault: { code: "MALFORMED", path: "bpm", expected, actual: "a longer one" } });
  }
}
