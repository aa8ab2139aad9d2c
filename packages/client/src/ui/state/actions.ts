import type { BlockDetail, ClientEvent, Outcome, SessionState } from "../../session/session.ts";
import type { KeyPress } from "../keys/key-press.ts";

/** What the reader does. */
export type InputAction =
  | { readonly type: "key"; readonly key: KeyPress }
  /** A bracketed paste: data, never keys. */
  | { readonly type: "paste"; readonly text: string };

/** What happens by itself. */
export type Happening =
  /** The session replaced its state; `before` is the one until now. */
  | { readonly type: "session"; readonly before: SessionState }
  | { readonly type: "event"; readonly event: ClientEvent }
  | { readonly type: "tick"; readonly beforeMs: number }
  | { readonly type: "resized" }
  | { readonly type: "proposeAnswered"; readonly bpm: number; readonly outcome: Outcome }
  | { readonly type: "stakingAnswered"; readonly outcome: Outcome }
  | { readonly type: "blockRead"; readonly index: number; readonly detail: BlockDetail | null }
  | { readonly type: "drawRead"; readonly index: number; readonly detail: BlockDetail | null };

/** Everything that can happen to the screen. */
export type Action = InputAction | Happening;
