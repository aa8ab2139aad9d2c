import type { ReactNode } from "react";
import type { Region, ScreenLayout } from "../layout/layout.ts";
import { Lines } from "../look/lines.tsx";
import { drawLines } from "../panels/draw.ts";
import { drawRegionOf } from "../state/context.ts";
import { useScreen } from "../store/use-screen.ts";

export interface DrawOrProps {
  readonly region: Region;
  readonly layout: ScreenLayout;
  readonly children: ReactNode;
}

/** The draw while it is played, where this region has the place for it; else what stands there. */
export function DrawOr({ region, layout, children }: DrawOrProps): ReactNode {
  const draw = useScreen(({ ui }) => (drawRegionOf(ui, layout) === region.id ? ui.draw : null));
  const nowMs = useScreen((state) => (draw === null ? 0 : state.nowMs));
  const session = useScreen((state) => (draw === null ? null : state.session));
  if (draw === null || session === null) return children;
  const { inner } = region;
  const lines = drawLines({ draw, session, nowMs, width: inner.width, height: inner.height });
  return <Lines lines={lines} width={inner.width} height={inner.height} />;
}
