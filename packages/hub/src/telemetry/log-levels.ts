import type { HubEventName } from "./hub-event.ts";

/** How much an event matters to an operator, in ascending order. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** `warn`: somebody should look at it. `error`: the hub cannot do its work. All that is not named here is `info`. */
const LEVELS: Partial<Readonly<Record<HubEventName, LogLevel>>> = {
  exposed: "warn",
  slashed: "warn",
  recovering: "warn",
  mended: "warn",
  evil: "warn",
  behind: "error",
  failed: "error",
};

export function levelOf(event: HubEventName): LogLevel {
  return LEVELS[event] ?? "info";
}

export function isAtLeast(level: LogLevel, least: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least);
}
