import { Box } from "ink";
import { type ReactNode, useMemo } from "react";
import { drawFrame } from "../layout/frame.ts";
import type { ScreenLayout } from "../layout/layout.ts";
import { LineText } from "../look/lines.tsx";
import { useScreen, useStore } from "../store/use-screen.ts";
import { frameLabels } from "./labels.ts";

/** The borders of all regions with what is written on them. */
export function FrameView({ layout }: { readonly layout: ScreenLayout }): ReactNode {
  const { reader } = useStore();
  const state = useScreen((all) => all);
  const focused = state.ui.hasPaneFocus && state.ui.mode.kind !== "staking" ? state.ui.pane : null;
  const boxes = useMemo(
    () => layout.regions.map(({ id, outer }) => ({ rect: outer, isFocused: id === focused || id === "overlay" })),
    [layout, focused],
  );
  return drawFrame(boxes, frameLabels(state, layout, reader)).map(({ left, top, lines, width }) => (
    <Box
      key={`${left},${top}`}
      position="absolute"
      left={left}
      top={top}
      width={width}
      height={lines.length}
      flexDirection="column"
    >
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <LineText key={i} line={line} width={width} />
      ))}
    </Box>
  ));
}
