import type { ReactNode } from "react";
import type { SessionState } from "../../session/session.ts";
import { type Line, span } from "../format/line.ts";
import type { Rect } from "../layout/layout.ts";
import { Lines } from "../look/lines.tsx";
import type { OpenBlock } from "../state/ui-state.ts";
import { useScreen } from "../store/use-screen.ts";
import { words } from "../words.ts";
import { briefDetailLines } from "./detail-lines.ts";
import { genesisLines } from "./genesis-lines.ts";

/** The selected block beside the chain, where there is room for it. */
export function DetailPane({ inner }: { readonly inner: Rect }): ReactNode {
  const session = useScreen((state) => state.session);
  const open = useScreen(({ ui }) => ui.openBlock);
  const isGenesis = useScreen(({ ui }) => ui.chain?.selected === 0);
  return <Lines lines={linesOf(isGenesis, open, session, inner.width)} width={inner.width} height={inner.height} />;
}

function linesOf(isGenesis: boolean, open: OpenBlock | null, session: SessionState, width: number): readonly Line[] {
  if (isGenesis && session.network !== null) return genesisLines(session.network, width);
  if (open === null) return [[span(` ${words.detail.select}`, "muted")]];
  return briefDetailLines(open, session, width);
}
