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
  const [word = "run", ...rest] = operands;
  const command = COMMANDS.find((known) => known === word);
  if (command === undefined) {
    return err({ code: "UNKNOWN_COMMAND", actual: word, suggestion: nearestOf(word, COMMANDS) });
  }
  const flags = new Map<OptionName, Setting<string>>();
  for (const flag of given) {
    const checked = checkFlag(command, flag);
    if (!checked.ok) return checked;
    flags.set(checked.value.name, checked.value.setting);
  }
  return ok({ command, operands: rest, flags });
}

function checkFlag(
  command: Command,
  { name, rawName, value }: Flag,
): Result<{ name: OptionName; setting: Setting<string> }, ConfigFault> {
  const option = findOption(SHORT_FLAGS[rawName] ?? (rawName.startsWith("--") ? name : ""));
  if (option === undefined)
    return err({ code: "UNKNOWN_FLAG", source: rawName, suggestion: suggest(command, rawName) });
  if (!option.commands.includes(command)) {
    return err({ code: "OTHER_COMMAND", source: rawName, command, commands: option.commands.join(", ") });
  }
  if (isSwitch(option)) {
    if (value !== undefined) return err({ code: "NO_VALUE_TAKEN", source: rawName, actual: value });
    return ok({ name: option.name, setting: { value: "", source: rawName } });
  }
  // `--port --json`: the value was forgotten.
  if (value === undefined || value.startsWith("--")) {
    return err({ code: "MISSING_VALUE", source: rawName, expected: option.placeholder ?? "" });
  }
  return ok({ name: option.name, setting: { value, source: rawName } });
}

function isSwitch(option: Option): boolean {
  return option.placeholder === undefined;
}

function suggest(command: Command, rawName: string): string | undefined {
  const names = OPTIONS.filter(({ commands }) => commands.includes(command)).map(({ name }) => name);
  const nearest = nearestOf(rawName.replace(/^-+/, ""), names);
  return nearest === undefined ? undefined : `--${nearest}`;
}
