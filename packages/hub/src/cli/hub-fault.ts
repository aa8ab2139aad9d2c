import type { DataFault } from "../data/data-fault.ts";
import type { ListenFault } from "../gateway/listener.ts";

/** Why the hub cannot start, or cannot go on; `words/` turns it into a sentence. */
export type HubFault =
  | DataFault
  | ListenFault
  | { readonly code: "TLS_FILE_UNREADABLE"; readonly file: string; readonly reason: string }
  | { readonly code: "TOKEN_FILE_WRONG"; readonly file: string; readonly reason: string }
  /** A client showed a block that this hub sealed and does not have: it must not seal that index twice. */
  | { readonly code: "HUB_BEHIND"; readonly index: number };
