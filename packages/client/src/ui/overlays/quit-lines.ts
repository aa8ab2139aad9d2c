import { bold, type Line, span } from "../format/line.ts";
import { wrapWords } from "../format/text.ts";
import { words } from "../words.ts";

/** Why one might rather stay. */
export function quitLines(reasons: readonly string[], width: number): readonly Line[] {
  return [
    ...reasons.flatMap((reason) => wrapWords(reason, width - 4).map((text): Line => [span(`  ${text}`)])),
    [],
    [bold(`  ${words.quit.ask}`, "accent")],
  ];
}
