import type { DataFault } from "../data/data-fault.ts";
import type { ListenFault } from "../gateway/listener.ts";
import type { Missing } from "../sequencer/missing.ts";

/** Why the hub cannot start, or cannot go on; `words/` turns it into a sentence. */
export type HubFault =
  | DataFault
  | ListenFault
  | { readonly code: "TLS_FILE_UNREADABLE"; readonly file: string; readonly reason: string }
  | { readonly code: "TOKEN_FILE_WRONG"; readonly file: string; readonly reason: string }
  /** A hub that was restored from a copy must not go on. */
  | Missing;
