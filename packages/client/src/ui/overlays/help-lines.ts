import { bold, type Line, span } from "../format/line.ts";
import { padEnd, wrapWords } from "../format/text.ts";
import type { Scope } from "../keys/binding.ts";
import { bindingsOf } from "../keys/bindings.ts";
import { words } from "../words.ts";
import { type Scrolled, scrolled } from "./scrolled.ts";

export interface HelpProps {
  readonly top: number;
  readonly isSpectator: boolean;
  readonly width: number;
  readonly height: number;
}

const SCOPES: readonly Scope[] = ["main", "entry", "block", "filter", "palette", "staking"];

/** Every key with what it does, from the table of bindings. */
export function helpLines({ top, isSpectator, width, height }: HelpProps): Scrolled {
  const all = SCOPES.flatMap((scope): readonly Line[] => {
    const bindings = bindingsOf(scope, isSpectator);
    return bindings.length === 0
      ? []
      : [
          [bold(` ${words.help.scopes[scope]}`, "title")],
          ...bindings.flatMap(({ keys, help }) => linesOf(keys.join(" "), help, width)),
        ];
  });
  const digits = isSpectator ? [] : linesOf("0 … 9", words.help.digits, width);
  return scrolled([...digits, ...all], top, height);
}

const KEYS = 14;

/** What does not fit goes on in the next line, below its beginning. */
function linesOf(keys: string, help: string, width: number): readonly Line[] {
  return wrapWords(help, Math.max(8, width - KEYS - 2)).map((piece, i) => [
    bold(`  ${padEnd(i === 0 ? keys : "", KEYS)}`, "accent"),
    span(piece),
  ]);
}
