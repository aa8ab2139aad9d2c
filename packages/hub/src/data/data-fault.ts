import type { StoreFault } from "../store/store-error.ts";
import type { LockHolder } from "./lock-holder.ts";

/** Why a data directory cannot be used; `words/` turns it into a sentence. */
export type DataFault =
  /** The operating system refuses; `reason` is its code, as EACCES. */
  | { readonly code: "DATA_UNUSABLE"; readonly path: string; readonly reason: string }
  /** The same of a file that is only to be read. */
  | { readonly code: "DATA_UNREADABLE"; readonly path: string; readonly reason: string }
  | { readonly code: "DATA_IN_USE"; readonly directory: string; readonly holder: LockHolder | undefined }
  /** Nothing to look at. */
  | { readonly code: "NO_NETWORK"; readonly directory: string }
  | { readonly code: "CHAIN_MISSING"; readonly file: string }
  | { readonly code: "KEY_MISSING"; readonly file: string }
  | { readonly code: "KEY_DAMAGED"; readonly file: string }
  /** The key or the genesis beside a chain is that of another network. */
  | { readonly code: "KEY_FOREIGN"; readonly file: string; readonly expected: string; readonly actual: string }
  | { readonly code: "GENESIS_FOREIGN"; readonly file: string; readonly expected: string; readonly actual: string }
  | ({ readonly code: "GENESIS_DAMAGED"; readonly file: string } & Place)
  /** What genesis fixes was asked to be something else. */
  | {
      readonly code: "GENESIS_FIXED";
      readonly source: string;
      readonly field: string;
      readonly expected: string;
      readonly actual: string;
    }
  /** The file of `--genesis`. */
  | { readonly code: "GENESIS_FILE_UNREADABLE"; readonly file: string; readonly reason: string }
  | ({ readonly code: "GENESIS_FILE_WRONG"; readonly file: string } & Place)
  | { readonly code: "STORE"; readonly file: string; readonly fault: StoreFault };

interface Place {
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}

/** The code of a failure of the operating system, as EACCES; its message where it has none. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return "code" in thrown && typeof thrown.code === "string" ? thrown.code : thrown.message;
}
