/** What a setting's text may look like. A parser answers the value, or in words what it expected. */
import { isIP } from "node:net";
import { MAX_INTEGER, MIN_ROUND_MS } from "pos-shared/model/limits.ts";
import { isNetworkName } from "pos-shared/model/name.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { MAX_TOKEN_UNITS } from "pos-shared/protocol/limits.ts";
import { EVIL_MODES, type EvilMode, isEvilMode } from "../evil/modes.ts";
import { LOG_LEVELS, type LogLevel } from "../telemetry/log-levels.ts";

export type Parser<T> = (text: string) => Result<T, string>;

/** Timers of the runtime end at 24.8 days, and dates at the year 9999; a week is far from both. */
export const MAX_ROUND_MS = 7 * 24 * 3_600_000;
const MAX_PORT = 65_535;

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

export function integer(min: number, max = MAX_INTEGER): Parser<number> {
  const expected = max === MAX_INTEGER ? `a whole number of at least ${min}` : `a whole number from ${min} to ${max}`;
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? ok(value) : err(expected);
  };
}

export const port: Parser<number> = (text) => {
  const parsed = integer(0, MAX_PORT)(text);
  return parsed.ok ? parsed : err(`a port from 0 to ${MAX_PORT} (0 takes a free one)`);
};

/** The length of a round: `500ms`, `10s`, `2m`, `1h`. */
export const roundLength: Parser<number> = duration(MIN_ROUND_MS, `${MIN_ROUND_MS}ms`);

/** How long somebody waits. */
export const patience: Parser<number> = duration(UNIT_MS.s, "1s");

/** @param least the same as `minMs`, as people write it */
function duration(minMs: number, least: string): Parser<number> {
  const expected = `a time as 500ms, 10s, 2m or 1h, from ${least} to ${MAX_ROUND_MS / UNIT_MS.h}h`;
  return (text) => {
    const match = /^(\d{1,9})(ms|s|m|h)$/.exec(text);
    if (match === null) return err(expected);
    const milliseconds = Number(match[1]) * UNIT_MS[unitOf(match[2])];
    return milliseconds >= minMs && milliseconds <= MAX_ROUND_MS ? ok(milliseconds) : err(expected);
  };
}

function unitOf(text: string | undefined): keyof typeof UNIT_MS {
  return text === "ms" || text === "s" || text === "m" ? text : "h";
}

/** An address or a name to listen on; `[::1]` is taken as `::1`. */
export const host: Parser<string> = (text) => {
  const bare = text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1) : text;
  const isName = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(bare) && !/^[\d.]+$/.test(bare);
  return isIP(bare) !== 0 || isName ? ok(bare) : err("an address or a host name, without a port");
};

/** Tokens that a new key gets, or `unlimited`. */
export const faucet: Parser<number | "unlimited"> = (text) => {
  if (text === "unlimited") return ok(text);
  const parsed = integer(0)(text);
  return parsed.ok ? parsed : err("a whole number of tokens, or unlimited");
};

export const networkName: Parser<string> = (text) =>
  isNetworkName(text) ? ok(text) : err("1 to 32 letters, digits, _ or -");

export const token: Parser<string> = (text) =>
  text.length > 0 && text.length <= MAX_TOKEN_UNITS && !/\s/.test(text) && text.isWellFormed()
    ? ok(text)
    : err(`1 to ${MAX_TOKEN_UNITS} characters without spaces`);

/** Path of a file or directory, as it is written. */
export const path: Parser<string> = (text) =>
  text.length > 0 && !text.includes("\0") ? ok(text) : err("a path that is not empty");

/** Ways to cheat, separated by commas. */
export const evilModes: Parser<readonly EvilMode[]> = (text) => {
  const names = text.split(",");
  return names.every(isEvilMode) ? ok(names) : err(`one or more of ${EVIL_MODES.join(", ")}, separated by commas`);
};

export const logLevel: Parser<LogLevel> = (text) => {
  const found = LOG_LEVELS.find((level) => level === text);
  return found === undefined ? err(LOG_LEVELS.join(", ")) : ok(found);
};

/** A switch in the environment. */
export const truth: Parser<boolean> = (text) => {
  if (["1", "true", "yes", "on"].includes(text.toLowerCase())) return ok(true);
  return ["0", "false", "no", "off"].includes(text.toLowerCase()) ? ok(false) : err("1, true, 0 or false");
};

/** The tutorial's ADDR: a port, or `host:port`, `:port`, `[::1]:port`. */
export const tutorialAddress: Parser<{ readonly host: string | undefined; readonly port: number }> = (text) => {
  const expected = "a port as 9000, or an address with one as localhost:9000";
  const [, hostText, portText] = /^(?:(.*):)?(\d+)$/.exec(text) ?? [];
  const parsedPort = port(portText ?? "");
  if (!parsedPort.ok) return err(expected);
  if (hostText === undefined || hostText === "") return ok({ host: undefined, port: parsedPort.value });
  // Without brackets an IPv6 address cannot be told from its port.
  const parsedHost = hostText.includes(":") && !hostText.startsWith("[") ? err(expected) : host(hostText);
  return parsedHost.ok ? ok({ host: parsedHost.value, port: parsedPort.value }) : err(expected);
};
