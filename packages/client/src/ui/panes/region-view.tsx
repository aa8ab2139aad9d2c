import { Box } from "ink";
import { memo, type ReactNode } from "react";
import type { Region, ScreenLayout } from "../layout/layout.ts";
import { DetailPane } from "../overlays/detail-pane.tsx";
import { Overlay } from "../overlays/overlay.tsx";
import { BannerPane } from "./banner-pane.tsx";
import { ChainPane } from "./chain-pane.tsx";
import { DrawOr } from "./draw-pane.tsx";
import { Head } from "./head.tsx";
import { LogPane } from "./log-pane.tsx";
import { ProposalsPane } from "./proposals-pane.tsx";
import { SpectatorHead } from "./spectator-head.tsx";
import { ValidatorsPane } from "./validators-pane.tsx";
import { WinnerPane } from "./winner-pane.tsx";

export interface RegionViewProps {
  readonly region: Region;
  readonly layout: ScreenLayout;
  readonly isSpectator: boolean;
}

/** What stands inside of a region, at its place on the screen. It follows the state by itself, where its part of it changes. */
export const RegionView = memo(function RegionView(props: RegionViewProps): ReactNode {
  const { left, top, width, height } = props.region.inner;
  return (
    <Box position="absolute" left={left} top={top} width={width} height={height}>
      {contentOf(props)}
    </Box>
  );
});

function contentOf({ region, layout, isSpectator }: RegionViewProps): ReactNode {
  switch (region.id) {
    case "head":
      return isSpectator ? (
        <SpectatorHead inner={region.inner} />
      ) : (
        <Head inner={region.inner} isFull={layout.breakpoint === "full"} />
      );
    case "banner":
      return <BannerPane inner={region.inner} />;
    case "winner":
      return <WinnerPane inner={region.inner} />;
    case "detail":
      return <DetailPane inner={region.inner} />;
    case "overlay":
      return <Overlay inner={region.inner} />;
    case "validators":
      return (
        <DrawOr region={region} layout={layout}>
          <ValidatorsPane region={region} />
        </DrawOr>
      );
    case "chain":
      return (
        <DrawOr region={region} layout={layout}>
          <ChainPane region={region} />
        </DrawOr>
      );
    case "proposals":
      return (
        <DrawOr region={region} layout={layout}>
          <ProposalsPane region={region} />
        </DrawOr>
      );
    case "log":
      return (
        <DrawOr region={region} layout={layout}>
          <LogPane region={region} />
        </DrawOr>
      );
  }
}
