import { parseArgs } from "node:util";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { ConfigFault } from "./config-fault.ts";
import type { Setting } from "./hub-config.ts";
import { nearestOf } from "./nearest.ts";
import { COMMANDS, type Command, findOption, OPTIONS, type Option, type OptionName } from "./options.ts";

export interface CommandLine {
  readonly command: Command;
  readonly operands: readonly string[];
  /** Text of each given flag; the empty text for a switch. */
  readonly flags: ReadonlyMap<OptionName, Setting<string>>;
}

type Flag = { readonly name: string; readonly rawName: string; readonly value: string | undefined };

const SHORT_FLAGS: Readonly<Record<string, string>> = { "-h": "help" };

/** Takes the words after the program's name apart. A flag given twice counts as given last. */
export function parseCommandLine(words: readonly string[]): Result<CommandLine, ConfigFault> {
  // Node's own strictness has messages of its own, several lines long; what is unknown comes through and is judged here.
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      OPTIONS.map((option) => [option.name, { type: isSwitch(option) ? "boolean" : "string" } as const]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const operands: string[] = [];
  const given: Flag[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind === "option") given.push(token);
  }
  // Flags first: the value of a misspelt one looks like a command.
  const unknown = given.find((flag) => optionOf(flag) === undefined);
  if (unknown !== undefined) {
    return err({ code: "UNKNOWN_FLAG", source: unknown.rawName, suggestion: suggest(unknown.rawName) });
  }
  const [word = "run", ...rest] = operands;
  const command = COMMANDS.find((known) => known === word);
  if (command === undefined) {
    return err({ code: "UNKNOWN_COMMAND", actual: word, suggestion: nearestOf(word, COMMANDS) });
  }
  const flags = new Map<OptionName, Setting<string>>();
  for (const flag of given) {
    const option = optionOf(flag);
    if (option === undefined) continue;
    const fault = findFlagFault(command, option, flag);
    if (fault !== undefined) return err(fault);
    flags.set(option.name, { value: flag.value ?? "", source: flag.rawName });
  }
  return ok({ command, operands: rest, flags });
}

function optionOf({ name, rawName }: Flag): ReturnType<typeof findOption> {
  return findOption(SHORT_FLAGS[rawName] ?? (rawName.startsWith("--") ? name : ""));
}

function findFlagFault(command: Command, option: Option, { rawName, value }: Flag): ConfigFault | undefined {
  if (!option.commands.includes(command)) {
    return { code: "OTHER_COMMAND", source: rawName, command, commands: option.commands };
  }
  if (isSwitch(option)) {
    return value === undefined ? undefined : { code: "NO_VALUE_TAKEN", source: rawName, actual: value };
  }
  // `--port --json`: the value was forgotten.
  const isForgotten = value === undefined || value.startsWith("--");
  return isForgotten ? { code: "MISSING_VALUE", source: rawName, expected: option.placeholder ?? "" } : undefined;
}

function isSwitch(option: Option): boolean {
  return option.placeholder === undefined;
}

function suggest(rawName: string): string | undefined {
  const nearest = nearestOf(
    rawName.replace(/^-+/, ""),
    OPTIONS.map(({ name }) => name),
  );
  return nearest === undefined ? undefined : `--${nearest}`;
}
