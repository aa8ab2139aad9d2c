const PATTERN = Buffer.from("0000-00-00T00:00:00.000Z");
const ZERO = 0x30;
const NINE = 0x39;
const Z = 0x5a;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days of a month of the Gregorian calendar; month 1 to 12. */
function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
}

/** Length of a timestamp, which is ASCII only. */
export const TIMESTAMP_BYTES = PATTERN.length;

/**
 * Is this an existing date as `YYYY-MM-DDTHH:MM:SS.sssZ` (SPEC §6)? Two such texts compare as the moments do.
 * Leap seconds do not exist here, as in `Date`.
 */
export function isTimestamp(text: unknown): text is string {
  return typeof text === "string" && !Number.isNaN(momentOf(text));
}

/**
 * Milliseconds since 1970 of a timestamp.
 *
 * @throws RangeError if it is none
 */
export function millisecondsOf(text: string): number {
  const moment = momentOf(text);
  if (Number.isNaN(moment)) throw new RangeError("not a timestamp");
  return moment;
}

const one = new Uint8Array(TIMESTAMP_BYTES);

function momentOf(text: string): number {
  if (text.length !== TIMESTAMP_BYTES) return Number.NaN;
  for (let at = 0; at < TIMESTAMP_BYTES; at++) {
    const code = text.charCodeAt(at);
    if (code > Z) return Number.NaN;
    one[at] = code;
  }
  return momentAt(one, 0);
}

/**
 * Milliseconds since 1970 of the timestamp whose text begins at `from`, NaN where there is none. By bytes: a regular
 * expression takes ten times as long, and every block of a long chain has a timestamp.
 */
export function momentAt(text: Uint8Array, from: number): number {
  for (let at = 0; at < TIMESTAMP_BYTES; at++) {
    const expected = PATTERN[at];
    const actual = text[from + at] ?? 0;
    const isFitting = expected === ZERO ? actual >= ZERO && actual <= NINE : actual === expected;
    if (!isFitting) return Number.NaN;
  }
  const year = digitsIn(text, from, 4);
  const month = digitsIn(text, from + 5, 2);
  const day = digitsIn(text, from + 8, 2);
  const hour = digitsIn(text, from + 11, 2);
  const minute = digitsIn(text, from + 14, 2);
  const second = digitsIn(text, from + 17, 2);
  const exists =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59;
  if (!exists) return Number.NaN;
  const seconds = (hour * 60 + minute) * 60 + second;
  return daysSinceEpoch(year, month, day) * MS_PER_DAY + seconds * 1000 + digitsIn(text, from + 20, 3);
}

function digitsIn(text: Uint8Array, from: number, digits: number): number {
  let value = 0;
  for (let at = from; at < from + digits; at++) value = value * 10 + (text[at] ?? ZERO) - ZERO;
  return value;
}

const MS_PER_DAY = 86_400_000;

/** Days from 1970-01-01 to a date of the Gregorian calendar. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = year - 1;
  const daysBeforeYear = y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  let days = daysBeforeYear - 719_162 + day - 1;
  for (let m = 1; m < month; m++) days += daysInMonth(year, m);
  return days;
}

/** The timestamp of a moment from 1970 to 9999, given as integral milliseconds since 1970. */
export function timestampOf(milliseconds: number): string {
  const days = Math.floor(milliseconds / MS_PER_DAY);
  const rest = milliseconds - days * MS_PER_DAY;
  // A first guess that is never too late; then forward to the year and month that hold the day.
  let year = 1970 + Math.floor(days / 366);
  while (daysSinceEpoch(year + 1, 1, 1) <= days) year++;
  let month = 1;
  while (month < 12 && daysSinceEpoch(year, month + 1, 1) <= days) month++;
  const day = days - daysSinceEpoch(year, month, 1) + 1;
  const pad = (value: number, digits: number): string => String(Math.floor(value)).padStart(digits, "0");
  const time = `${pad(rest / 3_600_000, 2)}:${pad((rest / 60_000) % 60, 2)}:${pad((rest / 1000) % 60, 2)}.${pad(rest % 1000, 3)}`;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${time}Z`;
}
