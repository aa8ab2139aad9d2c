import type { ReactNode } from "react";
import type { Rect } from "../layout/layout.ts";
import { Lines } from "../look/lines.tsx";
import { spectatorLines } from "../panels/spectator.ts";
import { useScreen } from "../store/use-screen.ts";
import { roundProps } from "./head.tsx";

/** For a projector: the countdown in large digits, the round, and the tip as words. */
export function SpectatorHead({ inner }: { readonly inner: Rect }): ReactNode {
  const state = useScreen((all) => all);
  return (
    <Lines
      lines={spectatorLines({ ...roundProps(state), width: inner.width, note: state.ui.note })}
      width={inner.width}
      height={inner.height}
    />
  );
}
