import type { Line } from "./line.ts";

export type Scale = "smoke" | "usual" | "full";

/** What every row is given. */
export interface Bench {
  /** `smoke`: so small that it runs in a second, without a verdict. `full`: what takes minutes too. */
  readonly scale: Scale;
  /** Turns of ours and of the baseline. */
  readonly repetitions: number;
  /** An empty directory of its own for each row, on a disk. */
  readonly directory: string;
  /** Kept from run to run: chains of a million blocks. */
  readonly cache: string;
  /** Says what is going on, on standard error. */
  readonly note: (text: string) => void;
}

/** One or more lines of the table that are measured together. */
export interface Row {
  /** As in `npm run bench -- NAME`. */
  readonly name: string;
  /** Does it measure what is durable, so that it needs a disk? */
  readonly isDurable?: boolean;
  readonly run: (bench: Bench) => AsyncIterable<Line>;
}

/** The value for the scale at hand. */
export function pick<T>({ scale }: Pick<Bench, "scale">, smoke: T, usual: T, full: T = usual): T {
  if (scale === "smoke") return smoke;
  return scale === "full" ? full : usual;
}

export function count(value: number): string {
  return value.toLocaleString("en-US");
}
