import type { ReactNode } from "react";
import type { Rect } from "../layout/layout.ts";
import { Lines } from "../look/lines.tsx";
import { useScreen } from "../store/use-screen.ts";
import { overlayLines } from "./overlay-lines.ts";

/** Whatever is open in the place of the panes. */
export function Overlay({ inner }: { readonly inner: Rect }): ReactNode {
  const state = useScreen((all) => all);
  const { lines } = overlayLines(state, inner.width, inner.height);
  return <Lines lines={lines} width={inner.width} height={inner.height} />;
}
