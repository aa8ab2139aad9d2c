/** Small things that sentences are made of. */

const MAX_SHOWN = 60;

/** Text from outside, safe to print on one line: quoted, shortened, control and invisible characters escaped. */
export function quoted(text: string): string {
  const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN).toWellFormed()}…` : text;
  return JSON.stringify(shown).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** An integer with its thousands apart: 1,000. */
export function grouped(integer: number): string {
  return String(integer).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 block`, `2 blocks`. */
export function counted(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** A length of time as it would be given to `--round`. */
export function duration(milliseconds: number): string {
  if (milliseconds % 3_600_000 === 0) return `${milliseconds / 3_600_000}h`;
  if (milliseconds % 60_000 === 0) return `${milliseconds / 60_000}m`;
  return milliseconds % 1_000 === 0 ? `${milliseconds / 1_000}s` : `${milliseconds}ms`;
}

/** So many bytes, in the unit that fits. */
export function bytes(count: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let value = count;
  let unit = 0;
  for (; value >= 1_000 && unit < units.length - 1; unit++) value /= 1_000;
  return unit === 0 ? `${count} bytes` : `${value.toFixed(1)} ${units[unit]}`;
}
