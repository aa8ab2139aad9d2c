import type { ConfigFault } from "../config/config-fault.ts";

/** What is wrong with the command line and what completes it, in one line that names the place. */
export function configSentenceOf(fault: ConfigFault): string {
  switch (fault.code) {
    case "UNKNOWN_COMMAND":
      return `there is no command ${quote(fault.actual)}${meant(fault.suggestion)}; see --help`;
    case "UNKNOWN_FLAG":
      return `there is no flag ${quote(fault.source)}${meant(fault.suggestion)}; see --help`;
    case "OTHER_COMMAND":
      return fault.command === "run"
        ? `${fault.source} needs a command, as in "pos-client verify"; see --help`
        : `${fault.source} does not go with ${fault.command}; see --help`;
    case "UNKNOWN_VARIABLE":
      return `there is no variable ${fault.source}${meant(fault.suggestion)}`;
    case "UNKNOWN_SETTING":
      return `there is no setting ${quote(fault.actual)}${meant(fault.suggestion)}; see pos-client config`;
    case "MISSING_VALUE":
      return `${fault.source} needs a value: ${fault.source} ${fault.expected}`;
    case "NO_VALUE_TAKEN":
      return `${fault.source} takes no value, but got ${quote(fault.actual)}`;
    case "BAD_VALUE":
      return `${fault.source} must be ${fault.expected}${fault.actual === null ? "" : `, not ${quote(fault.actual)}`}`;
    case "MISSING_OPERAND":
      return `${fault.command} needs more: ${fault.expected}`;
    case "EXTRA_OPERAND":
      return `${fault.command} takes no ${quote(fault.actual)}`;
    case "EXCLUSIVE":
      return `${fault.source} and ${fault.other} exclude each other`;
    case "UNREADABLE_FILE":
      return `${fault.source} cannot be read: ${fault.actual}`;
  }
}

function meant(suggestion: string | undefined): string {
  return suggestion === undefined ? "" : `, did you mean ${suggestion}?`;
}

/** As JSON, for it may hold anything, line breaks too; cut where it is long. */
function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
