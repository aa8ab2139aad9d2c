import { useInput, usePaste } from "ink";
import type { ReactNode } from "react";
import { keyPressesOf } from "./keys/key-press.ts";
import type { Action } from "./state/actions.ts";

/** Hands keys and pastes to the store; shows nothing. */
export function Keyboard({ dispatch }: { readonly dispatch: (action: Action) => void }): ReactNode {
  useInput((input, key) => {
    for (const press of keyPressesOf(input, key)) dispatch({ type: "key", key: press });
  });
  usePaste((text) => dispatch({ type: "paste", text }));
  return null;
}
