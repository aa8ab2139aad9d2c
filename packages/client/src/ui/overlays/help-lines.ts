import { bold, type Line, span } from "../format/line.ts";
import { padEnd } from "../format/text.ts";
import type { Binding, Scope } from "../keys/binding.ts";
import { bindingsOf } from "../keys/bindings.ts";
import { words } from "../words.ts";
import { type Scrolled, scrolled } from "./scrolled.ts";

export interface HelpProps {
  readonly top: number;
  readonly isSpectator: boolean;
  readonly height: number;
}

const SCOPES: readonly Scope[] = ["main", "entry", "block", "filter", "palette", "staking"];

/** Every key with what it does, from the table of bindings. */
export function helpLines({ top, isSpectator, height }: HelpProps): Scrolled {
  const all = SCOPES.flatMap((scope): readonly Line[] => {
    const bindings = bindingsOf(scope, isSpectator);
    return bindings.length === 0 ? [] : [[bold(` ${words.help.scopes[scope]}`, "title")], ...bindings.map(lineOf)];
  });
  const digits = isSpectator ? [] : [[bold(`  ${padEnd("0 … 9", KEYS)}`, "accent"), span(words.help.digits)]];
  return scrolled([...digits, ...all], top, height);
}

const KEYS = 14;

function lineOf({ keys, help }: Binding): Line {
  return [bold(`  ${padEnd(keys.join(" "), KEYS)}`, "accent"), span(help)];
}
