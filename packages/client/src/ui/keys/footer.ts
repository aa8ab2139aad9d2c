import { bold, type Line, lineWidth, span } from "../format/line.ts";
import type { Binding, CommandId, Scope } from "./binding.ts";
import { bindingsOf } from "./bindings.ts";

/** What of the present moment changes which keys matter. */
export interface FooterHints {
  /** Commands that have no use just now. */
  readonly without?: readonly CommandId[];
  /** Commands that are needed before all others, the most needed first. */
  readonly first?: readonly CommandId[];
}

/** The keys that matter now, most needed first, as many as fit into `width` columns; none is ever cut. */
export function footerLine(scope: Scope, isSpectator: boolean, width: number, hints: FooterHints = {}): Line {
  const { first = [], without = [] } = hints;
  const rankOf = ({ command, rank = 0 }: Binding): number =>
    first.includes(command) ? first.indexOf(command) - first.length : rank;
  const shown = bindingsOf(scope, isSpectator)
    .filter(({ footer, command }) => footer !== undefined && !without.includes(command))
    .sort((a, b) => rankOf(a) - rankOf(b));
  let line: Line = [];
  for (const binding of shown) {
    const longer: Line = [...line, ...(line.length === 0 ? [] : [span("  ")]), ...partOf(binding)];
    if (lineWidth(longer) > width) break;
    line = longer;
  }
  return line;
}

function partOf({ keys, shownKeys, footer }: Binding): Line {
  return [bold(shownKeys ?? keys[0] ?? "", "accent"), span(` ${footer ?? ""}`, "muted")];
}
