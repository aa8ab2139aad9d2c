import type { Command } from "./options.ts";

/** What is wrong with a command line, the environment or `.env`; `words/` turns it into one line. All lead to exit 2. */
export type ConfigFault =
  | { readonly code: "UNKNOWN_COMMAND"; readonly actual: string; readonly suggestion: string | undefined }
  | { readonly code: "UNKNOWN_FLAG"; readonly source: string; readonly suggestion: string | undefined }
  /** A flag that another command has. */
  | {
      readonly code: "OTHER_COMMAND";
      readonly source: string;
      readonly command: Command;
      readonly commands: readonly Command[];
    }
  | { readonly code: "UNKNOWN_VARIABLE"; readonly source: string; readonly suggestion: string | undefined }
  /** A variable of an option that can be given as a flag only. */
  | { readonly code: "FLAG_ONLY"; readonly source: string; readonly flag: string }
  | { readonly code: "MISSING_VALUE"; readonly source: string; readonly expected: string }
  /** A switch was given a value. */
  | { readonly code: "NO_VALUE_TAKEN"; readonly source: string; readonly actual: string }
  | { readonly code: "BAD_VALUE"; readonly source: string; readonly expected: string; readonly actual: string }
  | { readonly code: "MISSING_OPERAND"; readonly command: string; readonly expected: string }
  | { readonly code: "EXTRA_OPERAND"; readonly command: string; readonly actual: string }
  /** Two settings of which only one can hold. */
  | { readonly code: "EXCLUSIVE"; readonly source: string; readonly other: string }
  /** A setting that does nothing without another. */
  | { readonly code: "INCOMPLETE"; readonly source: string; readonly expected: string }
  | { readonly code: "UNREADABLE_FILE"; readonly source: string; readonly actual: string };
