import { useApp, useInput, usePaste } from "ink";
import { type ReactNode, useEffect } from "react";
import { keyPressesOf } from "./keys/key-press.ts";
import type { Action } from "./state/actions.ts";

/** Hands the terminal to somebody else, and gives a way to take it back. */
export type HandOver = () => Promise<{ readonly resume: () => Promise<void> }>;

export interface KeyboardProps {
  readonly dispatch: (action: Action) => void;
  /** Is told how to hand the terminal over. */
  readonly onReady: (handOver: HandOver) => void;
}

/** Hands keys and pastes to the store; shows nothing. */
export function Keyboard({ dispatch, onReady }: KeyboardProps): ReactNode {
  const { suspendTerminal } = useApp();
  useEffect(() => onReady(() => suspendTerminal()), [onReady, suspendTerminal]);
  useInput((input, key) => {
    for (const press of keyPressesOf(input, key)) dispatch({ type: "key", key: press });
  });
  usePaste((text) => dispatch({ type: "paste", text }));
  return null;
}
