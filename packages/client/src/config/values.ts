/** What an option's text may look like. A parser answers the value, or in words what it expected. */
import { type Hex, isHex } from "pos-shared/encoding/hex.ts";
import { MAX_INTEGER } from "pos-shared/model/limits.ts";
import { isName } from "pos-shared/model/name.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { MAX_TOKEN_UNITS } from "pos-shared/protocol/limits.ts";
import { type BpmPlan, THEMES, type Theme } from "./client-config.ts";

export type Parser<T> = (text: string) => Result<T, string>;
export type RandomBpm = Extract<BpmPlan, { kind: "random" }>;

const MAX_PROFILE_LETTERS = 32;

export function integer(min: number, max = MAX_INTEGER): Parser<number> {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? ok(value) : err(`a whole number from ${min} to ${max}`);
  };
}

export const chainId: Parser<Hex> = (text) =>
  isHex(text, 32) ? ok(text) : err("a chain id of 64 lowercase hex digits");

export const name: Parser<string> = (text) => (isName(text) ? ok(text) : err("1 to 16 letters, digits, _ or -"));

/** The name of a folder, so plain letters only. */
export const profile: Parser<string> = (text) =>
  new RegExp(`^[A-Za-z0-9_-]{1,${MAX_PROFILE_LETTERS}}$`).test(text)
    ? ok(text)
    : err(`1 to ${MAX_PROFILE_LETTERS} of the letters A-Z a-z 0-9 _ -`);

export const token: Parser<string> = (text) =>
  text.length > 0 && text.length <= MAX_TOKEN_UNITS && !/\s/.test(text) && text.isWellFormed()
    ? ok(text)
    : err(`1 to ${MAX_TOKEN_UNITS} characters without spaces`);

/** `60-90`, or nothing for the network's own range. In the environment and the settings also a word for yes or no. */
export const autoBpm: Parser<RandomBpm | null> = (text) => {
  if (text === "") return ok({ kind: "random", range: null });
  const isOn = truth(text);
  if (isOn.ok) return ok(isOn.value ? { kind: "random", range: null } : null);
  const [, minText, maxText] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  const min = integer(0)(minText ?? "");
  const max = integer(0)(maxText ?? "");
  if (!min.ok || !max.ok || min.value > max.value) return err("a range MIN-MAX as 60-90, or nothing");
  return ok({ kind: "random", range: { min: min.value, max: max.value } });
};

/** Path of a file, as it is written. */
export const path: Parser<string> = (text) =>
  text.length > 0 && !text.includes("\0") ? ok(text) : err("a path that is not empty");

export const theme: Parser<Theme> = (text) => {
  const found = THEMES.find((known) => known === text);
  return found === undefined ? err(`one of ${THEMES.join(", ")}`) : ok(found);
};

/** A switch in the environment or the settings. */
export const truth: Parser<boolean> = (text) => {
  if (["1", "true", "yes", "on"].includes(text.toLowerCase())) return ok(true);
  return ["0", "false", "no", "off"].includes(text.toLowerCase()) ? ok(false) : err("on or off");
};

/** The tutorial's ADDR: a port, or an address that ends in one. */
export const tutorialPort: Parser<number> = (text) => {
  const port = integer(1, 65_535)(/^(?:.*:)?(\d+)$/.exec(text)?.[1] ?? "");
  return port.ok ? port : err("a port as 9000");
};

/** `12` or `1-100`: blocks by index, both ends included. */
export const blockRange: Parser<{ readonly from: number; readonly to: number }> = (text) => {
  const [, fromText = "", toText = fromText] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const from = integer(0)(fromText);
  const to = integer(0)(toText);
  if (!from.ok || !to.ok || from.value > to.value) return err("an index as 12, or a range as 1-100");
  return ok({ from: from.value, to: to.value });
};
