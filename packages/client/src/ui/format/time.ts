const two = (value: number): string => String(value).padStart(2, "0");

/** Local time of day, for lists: `12:04:33`. */
export function localTime(atMs: number): string {
  const at = new Date(atMs);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** Date and time in UTC, for details: `2026-01-01 12:04:33.250 UTC`. */
export function utcTime(atMs: number): string {
  return `${new Date(atMs).toISOString().replace("T", " ").replace("Z", "")} UTC`;
}

/** How long something is past, in at most four columns: `13s`, `2m`, `5h`, `40d`. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

/** What is left until a deadline, a started second counted whole: `17s`, `2:05`. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return seconds < 100 ? `${seconds}s` : `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

/** Whole seconds left until a deadline, a started one counted whole. */
export function secondsLeft(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1000));
}
