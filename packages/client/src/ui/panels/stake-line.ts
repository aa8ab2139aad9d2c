import type { Me, SessionState, ValidatorView } from "../../session/session.ts";
import { sparkline } from "../format/bars.ts";
import { bold, EMPTY_LINE, type Line, longestFitting, type Span, span } from "../format/line.ts";
import { oneDigit, percent, shortTokens, signedDigit, signedPercent, tokens } from "../format/numbers.ts";
import { luckOf } from "../lists/luck.ts";
import { words } from "../words.ts";

export interface StakeLineProps {
  readonly session: Pick<SessionState, "me" | "totals" | "validators" | "connection">;
  /** BPMs of the last blocks, oldest first. */
  readonly pulse: readonly number[];
  readonly width: number;
  readonly isSpectator: boolean;
  /** The staking form is open: it says which keys matter. */
  readonly isStaking?: boolean;
}

/** What one holds, what that is worth, and how lucky one was; the longest form that fits. */
export function stakeLine({ session, pulse, width, isSpectator, isStaking = false }: StakeLineProps): Line {
  const { me, totals, validators, connection } = session;
  if (isSpectator) return longestFitting(watchingForms(totals), width);
  if (me === null) return [span(words.identity.waiting, "muted")];
  if (me.isTombstoned)
    return [bold(words.identity.slashed, "bad"), gap, ...pair(words.identity.balance, tokens(me.liquid))];
  if (!me.isJoined) {
    const isRefused = connection.phase === "refused";
    return [span(isRefused ? words.identity.notJoined : words.identity.joining(me.name), "muted")];
  }
  const mine = validators.find(({ isMe }) => isMe);
  const holdings = holdingsOf(me, mine, isStaking);
  const wins = winsOf(me, mine);
  const waiting = waitingOf(me);
  if (waiting !== null) {
    // What was just done is news; luck is not.
    return longestFitting(
      [
        [...holdings.long, gap, waiting.long, gap, ...wins.long],
        [...holdings.long, gap, waiting.long, gap, ...wins.short],
        [...holdings.long, gap, waiting.long],
        [...holdings.short, gap, waiting.long],
        [...holdings.short, gap, waiting.short],
        holdings.short,
      ],
      width,
    );
  }
  const spark =
    pulse.length > 1 ? [gap, span(`${words.identity.pulse} `, "muted"), span(sparkline(pulse), "bar")] : EMPTY_LINE;
  return longestFitting(
    [
      [...holdings.long, gap, ...wins.long, ...spark],
      [...holdings.long, gap, ...wins.long],
      [...holdings.long, gap, ...wins.middle],
      [...holdings.long, gap, ...wins.short],
      // What is on its way is told before luck is.
      ...(holdings.isMoving ? [[...holdings.long, gap, ...wins.count], holdings.long] : []),
      [...holdings.short, gap, ...wins.short],
      [...holdings.short, gap, ...wins.count],
      holdings.short,
    ],
    width,
  );
}

const gap = span("   ");

/** What the hub accepted and no block carries yet. */
function waitingOf({ waiting }: Me): { long: Span; short: Span } | null {
  const [first] = waiting;
  if (first === undefined) return null;
  const { type, amount, round } = first;
  const w = words.identity;
  const long = waiting.length === 1 ? w.accepted(type, amount, round) : w.acceptedMany(waiting.length, round);
  return { long: span(long, "good"), short: span(w.acceptedShort(waiting.length, round), "good") };
}

function pair(label: string, value: string): Line {
  return [span(`${label} `, "muted"), bold(value)];
}

function watchingForms({ online, accounts, bonded }: SessionState["totals"]): readonly Line[] {
  const w = words.identity;
  return [
    [
      span(`${w.watching}   `, "muted"),
      bold(tokens(online)),
      span(` ${w.ofValidators(accounts)}   `, "muted"),
      bold(tokens(bonded)),
      span(` ${w.tokensStaked}`, "muted"),
    ],
    [
      bold(shortTokens(online)),
      span(` ${w.ofOnline(accounts)}   `, "muted"),
      bold(shortTokens(bonded)),
      span(` ${words.spectator.staked}`, "muted"),
    ],
  ];
}

function holdingsOf(
  me: Me,
  mine: ValidatorView | undefined,
  isStaking: boolean,
): { long: Line; short: Line; isMoving: boolean } {
  const share = mine === undefined || me.bonded === 0 ? [] : [span(` (${percent(mine.share)})`)];
  const balance = pair(words.identity.balance, tokens(me.liquid));
  const coming: Span[] = [];
  for (const [label, entries] of [
    [words.identity.activating, me.activating],
    [words.identity.unbonding, me.unbonding],
  ] as const) {
    const sum = entries.reduce((total, { amount }) => total + amount, 0);
    if (sum > 0) coming.push(gap, span(`${label} `, "muted"), span(tokens(sum)));
  }
  if (me.bonded === 0 && coming.length === 0) {
    const told = isStaking ? words.identity.nothingStakedYet : words.identity.nothingStaked;
    const nothing = [bold(told, "warn"), gap, ...balance];
    return { long: nothing, short: nothing, isMoving: false };
  }
  return {
    isMoving: coming.length > 0,
    long: [...pair(words.identity.stake, tokens(me.bonded)), ...share, gap, ...balance, ...coming],
    short: [
      ...pair(words.identity.stake, shortTokens(me.bonded)),
      ...share,
      gap,
      ...pair(words.identity.balance, shortTokens(me.liquid)),
    ],
  };
}

/** Wins of the rounds that were checked, beside what was expected and the band inside which it is noise. */
function winsOf(
  me: Me,
  mine: ValidatorView | undefined,
): {
  long: Line;
  middle: Line;
  short: Line;
  count: Line;
} {
  const count = pair(words.identity.wins, String(me.wins));
  if (mine === undefined || mine.checkedRounds === 0) return { long: count, middle: count, short: count, count };
  const luck = luckOf(mine);
  const wins = [
    ...pair(words.identity.wins, `${luck.wins}/${luck.rounds}`),
    span(`  ${words.identity.expected} `, "muted"),
    span(oneDigit(luck.expected)),
  ];
  if (luck.ratio === null) return { long: wins, middle: wins, short: wins, count };
  const sign = span(`  ${words.identity.luck} `, "muted");
  const value = span(signedPercent(luck.ratio), luck.isNoise ? undefined : "accent");
  const verdict = span(
    ` (${luck.isNoise ? words.identity.noise : words.identity.unusual})`,
    luck.isNoise ? "muted" : "accent",
  );
  return {
    long: [...wins, span(` ±${oneDigit(luck.band)}`, "muted"), sign, value, verdict],
    middle: [...wins, sign, value, verdict],
    short: [...wins, sign, value],
    count: pair(words.identity.wins, `${luck.wins}/${luck.rounds}`),
  };
}

/** For the wide screen: how far from expectation, over how many rounds. */
export function luckLine(session: Pick<SessionState, "validators">, strip: string, width: number): Line {
  const mine = session.validators.find(({ isMe }) => isMe);
  const rounds = [span(`${words.identity.lastRounds(strip.length)}  `, "muted"), ...stripSpans(strip)];
  if (mine === undefined || mine.checkedRounds === 0) return strip === "" ? EMPTY_LINE : rounds;
  const luck = luckOf(mine);
  const z = [
    ...(luck.hasChance ? [span("   z ", "muted"), span(signedDigit(luck.z))] : []),
    span(`   ${words.identity.checkedRounds(luck.rounds)}`, "muted"),
  ];
  return longestFitting([[...rounds, ...z], rounds], width);
}

function stripSpans(strip: string): Line {
  return [...strip].map((sign) => (sign === "★" ? bold(sign, "you") : span(sign, "muted")));
}
