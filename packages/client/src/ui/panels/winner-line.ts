import type { Winner } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { bold, type Line, longestFitting, span } from "../format/line.ts";
import { percent, tokens } from "../format/numbers.ts";
import { shortScores } from "../format/scores.ts";
import { words } from "../words.ts";

export interface WinnerLineProps {
  readonly winner: Winner | null;
  /** What to say where there is no winner. */
  readonly none: string;
  /** What a win pays, in tokens. */
  readonly reward: number | null;
  readonly width: number;
}

/** The last winner with chance, score and runner-up. One's own win says YOU. */
export function winnerLine({ winner, none, reward, width }: WinnerLineProps): Line {
  if (winner === null) return [span(none, "muted")];
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
  const [score, next] = scoresOf(winner);
  const others = next !== null ? `, ${words.winner.next} ${next}` : winner.isAlone ? `, ${words.winner.alone}` : "";
  const scores = [span(` · ${words.winner.score} ${score}`), span(others, "muted")];
  const verified = [words.verified, words.verifiedShort].map((each) => [
    span(` · ${each[winner.verified]}`, "good"),
    span(` · ${words.winner.verify}`, "muted"),
  ]);
  const all = [...head, ...chance, ...scores];
  const own = [...head, ...chance, ...scores.slice(0, 1)];
  return longestFitting([...verified.map((each) => [...all, ...each]), all, own, [...head, ...chance], head], width);
}

/** The same in two lines: who won and what, then how the draw came out. */
export function winnerBanner({ winner, none, reward, width }: WinnerLineProps): readonly Line[] {
  if (winner === null) return [[span(none, "muted")]];
  const { index, round, bpm, isMe, stake, eligibleStake } = winner;
  const [score, next] = scoresOf(winner);
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
          span(score),
          ...(next === null ? [] : [span(`   ${words.winner.runnerUp} `, "muted"), span(next)]),
          span(winner.isAlone ? `   ${words.winner.alone}` : "", "muted"),
          span(`   ${words.verified[winner.verified]}`, "good"),
          span(`   v ${words.winner.verifyLong}`, "muted"),
        ],
      ],
      width,
    ),
  ];
}

/** The winner's score and the next one; null where there was none, or none is known. */
function scoresOf({ score, runnerUpScore }: Winner): readonly [string, string | null] {
  const [own = "", next = null] = shortScores(runnerUpScore === null ? [score] : [score, runnerUpScore]);
  return [own, next];
}
