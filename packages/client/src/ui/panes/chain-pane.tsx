import { millisecondsOf } from "pos-shared/model/timestamp.ts";
import type { ReactNode } from "react";
import type { SessionState } from "../../session/session.ts";
import { chainLines, newestOf } from "../chain/chain-window.ts";
import type { Region } from "../layout/layout.ts";
import { Lines } from "../look/lines.tsx";
import { type ChainListProps, chainListLines } from "../panels/chain-list.ts";
import { noBlockText } from "../panels/nothing-shown.ts";
import { useScreen, useStore } from "../store/use-screen.ts";
import { words } from "../words.ts";
import { mutedLines, withHint } from "./hint.ts";
import { useHasHint, useIsFocused, useShown } from "./use-pane.ts";

function genesisOf(network: SessionState["network"]): ChainListProps["genesis"] {
  return network === null ? null : { chainId: network.chainId, createdAtMs: millisecondsOf(network.genesis.createdAt) };
}

export function ChainPane({ region: { inner } }: { readonly region: Region }): ReactNode {
  const { reader } = useStore();
  const session = useShown((shown) => shown);
  const filter = useScreen(({ ui }) => ui.filters.chain);
  const position = useScreen(({ ui }) => ui.chain);
  // Blocks have their times by the hub's clock.
  const nowMs = useScreen((state) => state.nowMs + state.ui.clockOffsetMs);
  const hasFocus = useIsFocused("chain");
  const hasHint = useHasHint(inner.height);
  const height = Math.max(1, inner.height - 1 - Number(hasHint));
  const source = reader.source(session, filter);
  const newest = newestOf(source);
  const isEmpty = source.kept === null ? session.tip.index === 0 : source.kept.size === 0;
  const lines = isEmpty
    ? mutedLines(filter === "" ? noBlockText(session) : words.chain.noneMatches, inner.width)
    : chainListLines({
        lines: chainLines(source, position?.top ?? newest, height),
        selected: position?.selected ?? (hasFocus ? newest : null),
        hasFocus,
        width: inner.width,
        nowMs,
        tip: session.tip.index,
        myAddress: session.me?.address ?? null,
        genesis: genesisOf(session.network),
      });
  return <Lines lines={withHint("chain", hasHint, inner.width, lines)} width={inner.width} height={inner.height} />;
}
