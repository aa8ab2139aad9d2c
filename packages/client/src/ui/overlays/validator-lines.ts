import type { SessionState } from "../../session/session.ts";
import { bold, type Line, span } from "../format/line.ts";
import { oneDigit, percent, signedDigit, signedPercent, tokens } from "../format/numbers.ts";
import { clean, padEnd } from "../format/text.ts";
import { luckOf } from "../lists/luck.ts";
import { words } from "../words.ts";

export interface ValidatorDetailProps {
  readonly publicKey: string;
  readonly session: Pick<SessionState, "validators">;
}

const LABEL = 12;

/** Everything about one validator, luck with its band. */
export function validatorDetailLines({ publicKey, session }: ValidatorDetailProps): readonly Line[] {
  const found = session.validators.find((each) => each.publicKey === publicKey);
  const w = words.validator;
  if (found === undefined) return [pair(w.publicKey, publicKey), [span(` ${w.unknown}`, "muted")]];
  const luck = luckOf(found);
  const lines: Line[] = [
    [
      span(` ${padEnd(w.name, LABEL)}`, "muted"),
      bold(clean(found.name), found.isMe ? "you" : undefined),
      span(found.isMe ? ` ${w.you}` : "", "you"),
    ],
    pair(w.state, found.isTombstoned ? w.slashed : found.isOnline ? w.online : w.offline),
    pair(w.address, found.address),
    pair(w.publicKey, found.publicKey),
    pair(w.bonded, `${tokens(found.bonded)} (${percent(found.share)})`),
    pair(w.liquid, tokens(found.liquid)),
    pair(w.wins, tokens(found.wins)),
  ];
  if (luck.rounds > 0) {
    lines.push(
      pair(
        w.luck,
        `${luck.wins} of ${tokens(luck.rounds)} checked rounds, expected ${oneDigit(luck.expected)} ±${oneDigit(luck.band)}`,
      ),
      pair(
        "",
        `${luck.ratio === null ? "—" : signedPercent(luck.ratio)}, z ${signedDigit(luck.z)}: ${luck.isNoise ? w.noise : w.unusual}`,
      ),
    );
  }
  return lines;
}

function pair(label: string, value: string): Line {
  return [span(` ${padEnd(label, LABEL)}`, "muted"), span(value)];
}
