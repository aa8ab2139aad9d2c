import type { Winner } from "../../session/session.ts";
import { bold, type Line, longestFitting, span } from "../format/line.ts";
import { percent, tokens } from "../format/numbers.ts";
import { clean } from "../format/text.ts";
import { words } from "../words.ts";

export interface WinnerLineProps {
  readonly winner: Winner | null;
  /** What a win pays, in tokens. */
  readonly reward: number | null;
  readonly width: number;
}

/** The last winner with chance, score and runner-up. One's own win says YOU. */
export function winnerLine({ winner, reward, width }: WinnerLineProps): Line {
  if (winner === null) return [span(words.winner.none, "muted")];
  const { index, bpm, isMe } = winner;
  const name = isMe ? words.winner.you : clean(winner.name);
  const head = [
    bold("★ ", isMe ? "you" : "warn"),
    bold(isMe ? `${name} #${index}` : `#${index} ${name}`, isMe ? "you" : undefined),
    ...(isMe && reward !== null ? [bold(`  +${tokens(reward)}`, "you")] : []),
    span(` · ${words.winner.bpm} ${bpm}`),
  ];
  const chance =
    winner.eligibleStake === 0
      ? []
      : [span(` · ${words.winner.chance} ${percent(winner.stake / winner.eligibleStake)}`)];
  const scores = [span(` · ${words.winner.score} ${shortScore(winner.score)}`), span(nextOf(winner), "muted")];
  const verified = [span(` · ${words.verified[winner.verified]}`, "good"), span(` · ${words.winner.verify}`, "muted")];
  const line = longestFitting(
    [[...head, ...chance, ...scores, ...verified], [...head, ...chance, ...scores], [...head, ...chance], head],
    width,
  );
  return line;
}

/** The same in two lines: who won and what, then how the draw came out. */
export function winnerBanner({ winner, reward, width }: WinnerLineProps): readonly Line[] {
  if (winner === null) return [[span(words.winner.none, "muted")]];
  const { index, round, bpm, isMe, stake, eligibleStake } = winner;
  const who = isMe
    ? [bold(`★ ★ ★  ${words.winner.you}  ★ ★ ★`, "you")]
    : [bold("★ ", "warn"), bold(clean(winner.name))];
  const paid = reward === null ? [] : [bold(`   +${tokens(reward)} ${words.winner.tokens}`, isMe ? "you" : undefined)];
  return [
    longestFitting(
      [[...who, span(`   ${words.winner.block(index, round)}`), span(`   ${words.winner.bpm} ${bpm}`), ...paid]],
      width,
    ),
    longestFitting(
      [
        [
          span(`${words.winner.chanceLong} `, "muted"),
          span(
            eligibleStake === 0 ? "—" : `${percent(stake / eligibleStake)} (${tokens(stake)}/${tokens(eligibleStake)})`,
          ),
          span(`   ${words.winner.score} `, "muted"),
          span(winner.score),
          span(winner.runnerUpScore === null ? `   ${words.winner.alone}` : `   ${words.winner.runnerUp} `, "muted"),
          span(winner.runnerUpScore ?? ""),
          span(`   ${words.verified[winner.verified]}`, "good"),
          span(`   v ${words.winner.verifyLong}`, "muted"),
        ],
      ],
      width,
    ),
  ];
}

function nextOf({ runnerUpScore }: Winner): string {
  return runnerUpScore === null ? `, ${words.winner.alone}` : `, ${words.winner.next} ${shortScore(runnerUpScore)}`;
}

/** A score to four digits after the point, as rows show it; the detail has them all. */
export function shortScore(score: string): string {
  const point = score.indexOf(".");
  return point === -1 ? score : score.slice(0, point + 5);
}
