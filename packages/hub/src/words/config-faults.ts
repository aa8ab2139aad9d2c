import type { ConfigFault } from "../config/config-fault.ts";
import type { Command } from "../config/options.ts";
import { quoted } from "./plain.ts";

/** What is wrong with a command line, the environment or `.env`: one line that names the place. */
export function sentenceOfConfigFault(fault: ConfigFault): string {
  switch (fault.code) {
    case "UNKNOWN_COMMAND":
      return `there is no command ${quoted(fault.actual)}${meant(fault.suggestion)}`;
    case "UNKNOWN_FLAG":
      return `there is no flag ${printable(fault.source)}${meant(fault.suggestion)}`;
    case "OTHER_COMMAND":
      return `${fault.source} is not for ${spelled(fault.command)}, but for ${fault.commands.map(spelled).join(" and ")}`;
    case "UNKNOWN_VARIABLE":
      return `${printable(fault.source)} sets nothing${meant(fault.suggestion)}`;
    case "FLAG_ONLY":
      return `${fault.source} sets nothing: only as a flag, ${fault.flag}`;
    case "MISSING_VALUE":
      return `${fault.source} needs a value: ${fault.source} ${fault.expected}`;
    case "NO_VALUE_TAKEN":
      return `${fault.source} takes no value, but got ${quoted(fault.actual)}`;
    case "BAD_VALUE":
      // A secret is not repeated, wherever it was given.
      return /TOKEN|token/.test(fault.source)
        ? `${fault.source} must be ${fault.expected}`
        : `${fault.source} must be ${fault.expected}, not ${quoted(fault.actual)}`;
    case "MISSING_OPERAND":
      return `${fault.command} needs to know where to: pos-hub ${fault.command} ${fault.expected}`;
    case "EXTRA_OPERAND":
      return `${fault.command} does not take ${quoted(fault.actual)}`;
    case "EXCLUSIVE":
      return `${fault.source} and ${fault.other} exclude each other`;
    case "INCOMPLETE":
      return `${fault.source} needs ${fault.expected} beside it`;
    case "UNREADABLE_FILE":
      return `${fault.source} cannot be read (${fault.actual})`;
  }
}

/** A command as one types it. */
function spelled(command: Command): string {
  return command === "run" ? "pos-hub itself" : `pos-hub ${command}`;
}

function meant(suggestion: string | undefined): string {
  return suggestion === undefined ? "; pos-hub --help lists what there is" : `; did you mean ${suggestion}?`;
}

/** A flag as it was written, without quotes unless it needs them. */
function printable(source: string): string {
  return /^[\w.= -]{1,60}$/.test(source) ? source : quoted(source);
}
