import { parseArgs } from "node:util";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { ConfigFault } from "./config-fault.ts";
import { nearestOf } from "./nearest.ts";
import { COMMANDS, type Command, FLAG_NAMES, isOptionName, OPTIONS, type OptionName } from "./options.ts";

/** The text of an option and where it stands, as in `--stake` or `POS_CLIENT_STAKE`. */
export interface Given {
  readonly text: string;
  readonly source: string;
}

export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | {
      readonly kind: "command";
      readonly command: Command;
      readonly operands: readonly string[];
      readonly flags: ReadonlyMap<OptionName, Given>;
    };

interface Flag {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

interface KnownFlag extends Flag {
  readonly name: OptionName;
}

const SHORT_FLAGS: Readonly<Record<string, string>> = { "-h": "help", "-v": "version" };
const SWITCHED_ON = "on";

/** Takes the words after the program's name apart. A flag given twice counts as given last; help beats everything. */
export function parseCommandLine(words: readonly string[]): Result<CommandLine, ConfigFault> {
  // Node's own strictness has messages of its own, several lines long: what is unknown comes through, to be judged here.
  const { tokens } = parseArgs({
    args: withOptionalValues(words),
    options: Object.fromEntries(
      FLAG_NAMES.map((name) => [
        name,
        { type: OPTIONS[name].placeholder === undefined ? "boolean" : "string" } as const,
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = tokens.filter((token) => token.kind === "option").map(withWholeName);
  if (given.some(({ name }) => name === "help")) return ok({ kind: "help" });
  if (given.some(({ name }) => name === "version")) return ok({ kind: "version" });
  const known: KnownFlag[] = [];
  for (const flag of given) {
    const { name, rawName: source } = flag;
    // Before the command, for the word after an unknown flag may be its value.
    if (!isFlag(name)) return err({ code: "UNKNOWN_FLAG", source, suggestion: suggest(source) });
    known.push({ ...flag, name });
  }

  const [word = "run", ...operands] = tokens.filter((token) => token.kind === "positional").map(({ value }) => value);
  const command = COMMANDS.find((known) => known === word);
  if (command === undefined)
    return err({ code: "UNKNOWN_COMMAND", actual: word, suggestion: nearestOf(word, COMMANDS) });
  const flags = new Map<OptionName, Given>();
  for (const flag of known) {
    const text = textOf(command, flag);
    if (!text.ok) return text;
    flags.set(flag.name, { text: text.value, source: flag.rawName });
  }
  return ok({ kind: "command", command, operands, flags });
}

/** `--auto-bpm 60-90` as `--auto-bpm=60-90`, and alone with an empty value: Node's parser knows no optional ones. */
function withOptionalValues(words: readonly string[]): string[] {
  const joined: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") return [...joined, word, ...rest];
    const name = word.slice(2);
    const takesValue = word.startsWith("--") && isOptionName(name) && OPTIONS[name].isValueOptional;
    const [next] = rest;
    // A value may be wrong, as -5-90 is; then it is said to be.
    const hasValue = next !== undefined && (!next.startsWith("-") || /^-\d/.test(next));
    if (takesValue) joined.push(hasValue ? `${word}=${rest.shift()}` : `${word}=`);
    else joined.push(word);
  }
  return joined;
}

function withWholeName({ name, rawName, value }: Flag): Flag {
  const whole = SHORT_FLAGS[rawName] ?? (rawName.startsWith("--") ? name : "");
  return { name: whole, rawName, value };
}

/** What a flag of a command says. */
function textOf(command: Command, { name, rawName: source, value }: KnownFlag): Result<string, ConfigFault> {
  const option = OPTIONS[name];
  if (!option.commands.includes(command)) return err({ code: "OTHER_COMMAND", source, command });
  if (option.placeholder === undefined)
    return value === undefined ? ok(SWITCHED_ON) : err({ code: "NO_VALUE_TAKEN", source, actual: value });
  // `--stake --json`: the value was forgotten.
  return value === undefined || value.startsWith("--")
    ? err({ code: "MISSING_VALUE", source, expected: option.placeholder })
    : ok(value);
}

function isFlag(name: string): name is OptionName {
  return isOptionName(name) && !OPTIONS[name].isNoFlag;
}

function suggest(rawName: string): string | undefined {
  const nearest = nearestOf(rawName.replace(/^-+/, ""), [...FLAG_NAMES, "help", "version"]);
  return nearest === undefined ? undefined : `--${nearest}`;
}
