import { MAX_NAME_CODE_POINTS } from "pos-shared/model/limits.ts";
import { foldName, isName } from "pos-shared/model/name.ts";

const NUMBERED = /-\d+$/u;

/** A user's name in the alphabet of SPEC §3: what does not fit becomes a hyphen; `validator` if nothing is left. */
export function nameFromUser(userName: string): string {
  const fitting = [...userName.normalize("NFC")].map((codePoint) => (isName(codePoint) ? codePoint : "-")).join("");
  const trimmed = fitting.replaceAll(/-{2,}/gu, "-").replace(/^-/u, "");
  return cut(trimmed, MAX_NAME_CODE_POINTS).replace(/-$/u, "") || "validator";
}

/** `anna`, or the first of `anna-2`, `anna-3`, … that is not in `taken`, which holds folded names. */
export function freshName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(foldName(wanted))) return wanted;
  const stem = wanted.replace(NUMBERED, "") || wanted;
  return numberedName(stem, 2, taken);
}

/** The first of `bot-1`, `bot-2`, … from `first` on that is not in `taken`; the stem is cut where it gets too long. */
export function numberedName(stem: string, first: number, taken: ReadonlySet<string>): string {
  for (let number = first; ; number++) {
    const suffix = `-${number}`;
    const name = cut(stem, MAX_NAME_CODE_POINTS - suffix.length) + suffix;
    if (!taken.has(foldName(name))) return name;
  }
}

function cut(name: string, codePoints: number): string {
  return [...name].slice(0, codePoints).join("");
}
