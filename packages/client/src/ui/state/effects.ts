/** What the screen wants done outside of itself, as data; `perform-effects.ts` does it. */
export type Effect =
  | { readonly type: "propose"; readonly bpm: number }
  | { readonly type: "repeat"; readonly bpm: number | null }
  | { readonly type: "bond" | "unbond"; readonly amount: number }
  | { readonly type: "transfer"; readonly to: string; readonly amount: number }
  | { readonly type: "joinNewNetwork" }
  | { readonly type: "takeNewIdentity"; readonly name: string | null }
  /** Fetches a block to look at; waits so long for the reader to move on first. */
  | { readonly type: "readBlock"; readonly index: number; readonly delayMs: number }
  /** Fetches a block whose draw is to be played. */
  | { readonly type: "readDraw"; readonly index: number }
  | { readonly type: "copy"; readonly text: string }
  /** Bell and a notice of the terminal (OSC 9). */
  | { readonly type: "notify"; readonly text: string }
  | { readonly type: "suspend" }
  | { readonly type: "exit"; readonly code: number };
