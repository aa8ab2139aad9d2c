import type { SessionState } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { bold, type Line, span } from "../format/line.ts";
import { oneDigit, percent, signedDigit, signedPercent, tokens } from "../format/numbers.ts";
import { chunks, padEnd, wrapWords } from "../format/text.ts";
import { luckOf } from "../lists/luck.ts";
import { words } from "../words.ts";

export interface ValidatorDetailProps {
  readonly publicKey: string;
  readonly session: Pick<SessionState, "validators">;
  readonly width: number;
}

const LABEL = 12;

/** Everything about one validator, luck with its band. */
export function validatorDetailLines({ publicKey, session, width }: ValidatorDetailProps): readonly Line[] {
  const found = session.validators.find((each) => each.publicKey === publicKey);
  const w = words.validator;
  if (found === undefined) return [...pair(w.publicKey, publicKey, width), [span(` ${w.unknown}`, "muted")]];
  const luck = luckOf(found);
  const sign = luck.ratio === null ? null : signedPercent(luck.ratio);
  const pairs: (readonly [string, string])[] = [
    [w.state, found.isTombstoned ? w.slashed : found.isOnline ? w.online : w.offline],
    [w.address, found.address],
    [w.publicKey, found.publicKey],
    [w.bonded, `${tokens(found.bonded)} (${percent(found.share)})`],
    [w.liquid, tokens(found.liquid)],
    [w.wins, tokens(found.wins)],
  ];
  if (luck.rounds > 0) {
    pairs.push(
      [w.luck, w.luckText(luck.wins, luck.rounds, oneDigit(luck.expected), oneDigit(luck.band))],
      ["", luck.hasChance ? w.verdict(sign, signedDigit(luck.z), luck) : w.alone],
    );
  }
  return [
    [
      span(` ${padEnd(w.name, LABEL)}`, "muted"),
      bold(clean(found.name), found.isMe ? "you" : undefined),
      span(found.isMe ? ` ${w.you}` : "", "you"),
    ],
    ...pairs.flatMap(([label, value]) => pair(label, value, width)),
  ];
}

/** A long value goes on in the next line, below its beginning. */
function pair(label: string, value: string, width: number): readonly Line[] {
  const room = Math.max(8, width - LABEL - 1);
  const pieces = /^[0-9a-f]{40,}$/.test(value) ? chunks(value, room) : wrapWords(value, room);
  return pieces.map((piece, i) => [span(` ${padEnd(i === 0 ? label : "", LABEL)}`, "muted"), span(piece)]);
}
