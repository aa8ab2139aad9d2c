import type { SessionState } from "../../session/session.ts";
import type { ReadRows } from "../chain/chain-window.ts";

/** One's wins in the last rounds, oldest first: `★` won, `·` lost, `−` a round without a block. */
export function winStrip(
  { me, tip, round }: Pick<SessionState, "me" | "tip" | "round">,
  readRows: ReadRows,
  rounds: number,
): string {
  if (me === null || tip.index === 0) return "";
  // So many rounds have at most so many blocks.
  const rows = readRows(Math.max(1, tip.index - rounds + 1), tip.index);
  const last = Math.max(rows.at(-1)?.round ?? 0, (round?.opening.round ?? 1) - 1);
  const first = Math.max(1, last - rounds + 1);
  const winners = new Map(rows.map(({ round: each, winnerAddress }) => [each, winnerAddress]));
  let strip = "";
  for (let each = first; each <= last; each++) {
    const winner = winners.get(each);
    strip += winner === undefined ? "−" : winner === me.address ? "★" : "·";
  }
  return strip;
}
