import { Box } from "ink";
import { type ReactNode, useMemo } from "react";
import { type Look, LookContext } from "./look/look.ts";
import { THEME_COLORS } from "./look/themes.ts";
import { FrameView } from "./panes/frame-view.tsx";
import { MinimalScreen } from "./panes/minimal-screen.tsx";
import { RegionView } from "./panes/region-view.tsx";
import { TooSmall } from "./panes/too-small.tsx";
import { layoutOf } from "./state/context.ts";
import type { ScreenStore } from "./store/screen-store.ts";
import { StoreContext, useScreen } from "./store/use-screen.ts";

export interface ScreenProps {
  readonly store: ScreenStore;
  readonly hasColor: boolean;
  readonly isAscii: boolean;
}

/** The whole screen. */
export function Screen({ store, hasColor, isAscii }: ScreenProps): ReactNode {
  return (
    <StoreContext value={store}>
      <Themed hasColor={hasColor} isAscii={isAscii} />
    </StoreContext>
  );
}

function Themed({ hasColor, isAscii }: Omit<ScreenProps, "store">): ReactNode {
  const theme = useScreen(({ ui }) => ui.theme);
  const look = useMemo((): Look => ({ colors: THEME_COLORS[theme], hasColor, isAscii }), [theme, hasColor, isAscii]);
  return (
    <LookContext value={look}>
      <Body look={look} />
    </LookContext>
  );
}

function Body({ look }: { readonly look: Look }): ReactNode {
  const size = useScreen((state) => state.size);
  const session = useScreen((state) => state.session);
  const ui = useScreen((state) => state.ui);
  const isSpectator = useScreen((state) => state.isSpectator);
  const layout = layoutOf(ui, { session, size, isSpectator });
  const background = look.hasColor ? look.colors.background : undefined;
  return (
    <Box width={size.columns} height={size.rows} {...(background === undefined ? {} : { backgroundColor: background })}>
      {layout.breakpoint === "tooSmall" && <TooSmall size={size} />}
      {layout.breakpoint === "minimal" && <MinimalScreen size={size} />}
      {layout.regions.length > 0 && <FrameView layout={layout} />}
      {layout.regions.map((region) => (
        <RegionView key={region.id} region={region} layout={layout} isSpectator={isSpectator} />
      ))}
    </Box>
  );
}
