import { bold, type Line, lineWidth, span } from "../format/line.ts";
import type { Binding, CommandId, Scope } from "./binding.ts";
import { bindingsOf } from "./bindings.ts";

/**
 * The keys that matter now, most needed first, as many as fit into `width` columns.
 *
 * @param without a command that has no use just now
 */
export function footerLine(scope: Scope, isSpectator: boolean, width: number, without?: CommandId): Line {
  const shown = bindingsOf(scope, isSpectator)
    .filter(({ footer, command }) => footer !== undefined && command !== without)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
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
