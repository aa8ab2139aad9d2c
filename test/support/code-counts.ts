import { ERROR_CODES, type ErrorCode, isErrorCode } from "pos-shared/protocol/error-codes.ts";

/** How often a hub answered with each code of docs/protocol.md, as a reply or as the reason of a close. */
export class CodeCounts {
  readonly #counts = new Map<ErrorCode, number>(
    Object.keys(ERROR_CODES)
      .filter(isErrorCode)
      .map((code) => [code, 0]),
  );
  /** What came that is no documented code. */
  readonly undocumented: string[] = [];

  /** A connection that was cut off has no reason. */
  add(code: string): void {
    if (isErrorCode(code)) this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
    else if (code !== "") this.undocumented.push(code);
  }

  get missing(): readonly ErrorCode[] {
    return [...this.#counts].flatMap(([code, count]) => (count === 0 ? [code] : []));
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Codes with their counts, most frequent first. */
  get text(): string {
    const sorted = [...this.#counts].sort(([, a], [, b]) => b - a);
    return sorted.map(([code, count]) => `${code} ${count}`).join(", ");
  }
}
