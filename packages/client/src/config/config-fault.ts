/** What is wrong with a command line, the environment, `.env` or the settings; `words/` makes one line of it. Exit 2. */
export type ConfigFault =
  | { readonly code: "UNKNOWN_COMMAND"; readonly actual: string; readonly suggestion: string | undefined }
  | { readonly code: "UNKNOWN_FLAG"; readonly source: string; readonly suggestion: string | undefined }
  /** A flag that the command does not have. */
  | { readonly code: "OTHER_COMMAND"; readonly source: string; readonly command: string }
  | { readonly code: "UNKNOWN_VARIABLE"; readonly source: string; readonly suggestion: string | undefined }
  | { readonly code: "UNKNOWN_SETTING"; readonly actual: string; readonly suggestion: string | undefined }
  | { readonly code: "MISSING_VALUE"; readonly source: string; readonly expected: string }
  /** A switch was given a value. */
  | { readonly code: "NO_VALUE_TAKEN"; readonly source: string; readonly actual: string }
  /** `actual` is null where it is a secret. */
  | { readonly code: "BAD_VALUE"; readonly source: string; readonly expected: string; readonly actual: string | null }
  | { readonly code: "MISSING_OPERAND"; readonly command: string; readonly expected: string }
  | { readonly code: "EXTRA_OPERAND"; readonly command: string; readonly actual: string }
  /** Two options of which only one can hold. */
  | { readonly code: "EXCLUSIVE"; readonly source: string; readonly other: string }
  | { readonly code: "UNREADABLE_FILE"; readonly source: string; readonly actual: string };
