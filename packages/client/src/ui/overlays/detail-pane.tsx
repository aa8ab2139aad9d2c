import type { ReactNode } from "react";
import { span } from "../format/line.ts";
import type { Rect } from "../layout/layout.ts";
import { Lines } from "../look/lines.tsx";
import { useScreen } from "../store/use-screen.ts";
import { words } from "../words.ts";
import { briefDetailLines } from "./detail-lines.ts";

/** The selected block beside the chain, where there is room for it. */
export function DetailPane({ inner }: { readonly inner: Rect }): ReactNode {
  const session = useScreen((state) => state.session);
  const open = useScreen(({ ui }) => ui.openBlock);
  const lines =
    open === null ? [[span(` ${words.detail.select}`, "muted")]] : briefDetailLines(open, session, inner.width);
  return <Lines lines={lines} width={inner.width} height={inner.height} />;
}
