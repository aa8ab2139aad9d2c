const PATTERN = "0000-00-00T00:00:00.000Z";
const ZERO = 0x30;
const NINE = 0x39;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days of a month of the Gregorian calendar; month 1 to 12. */
function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
}

/**
 * Is this an existing date as `YYYY-MM-DDTHH:MM:SS.sssZ` (SPEC §6)? Two such texts compare as the moments do.
 * Leap seconds do not exist here, as in `Date`.
 */
export function isTimestamp(text: unknown): text is string {
  if (typeof text !== "string" || !hasPattern(text)) return false;
  const month = digitsOf(text, 5, 7);
  const day = digitsOf(text, 8, 10);
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(digitsOf(text, 0, 4), month) &&
    digitsOf(text, 11, 13) <= 23 &&
    digitsOf(text, 14, 16) <= 59 &&
    digitsOf(text, 17, 19) <= 59
  );
}

/** By character codes: a regular expression takes ten times as long, and every block of a long chain has a timestamp. */
function hasPattern(text: string): boolean {
  if (text.length !== PATTERN.length) return false;
  for (let at = 0; at < PATTERN.length; at++) {
    const expected = PATTERN.charCodeAt(at);
    const actual = text.charCodeAt(at);
    const isFitting = expected === ZERO ? actual >= ZERO && actual <= NINE : actual === expected;
    if (!isFitting) return false;
  }
  return true;
}

function digitsOf(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + text.charCodeAt(at) - ZERO;
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

/** Milliseconds since 1970 of a timestamp that has the form. */
export function millisecondsOf(text: string): number {
  if (!hasPattern(text)) throw new RangeError("not a timestamp");
  const days = daysSinceEpoch(digitsOf(text, 0, 4), digitsOf(text, 5, 7), digitsOf(text, 8, 10));
  const minutes = digitsOf(text, 11, 13) * 60 + digitsOf(text, 14, 16);
  return days * MS_PER_DAY + (minutes * 60 + digitsOf(text, 17, 19)) * 1000 + digitsOf(text, 20, 23);
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
