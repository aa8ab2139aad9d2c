import { type ReactNode, useMemo } from "react";
import type { Region } from "../layout/layout.ts";
import { listLog } from "../lists/log.ts";
import { listWindow } from "../lists/position.ts";
import { Lines } from "../look/lines.tsx";
import { logLines } from "../panels/log.ts";
import { shownLog } from "../state/context.ts";
import { useScreen } from "../store/use-screen.ts";
import { withHint } from "./hint.ts";
import { useHasHint, useIsFocused } from "./use-pane.ts";

export function LogPane({ region: { inner } }: { readonly region: Region }): ReactNode {
  const log = useScreen(({ ui }) => shownLog(ui));
  const filter = useScreen(({ ui }) => ui.filters.log);
  const position = useScreen(({ ui }) => ui.lists.log);
  const hasFocus = useIsFocused("log");
  const hasHint = useHasHint(inner.height);
  const listed = useMemo(() => listLog(log, filter), [log, filter]);
  const height = Math.max(1, inner.height - Number(hasHint));
  const { start, selected } = listWindow(
    listed.map(({ key }) => key),
    position,
    height,
  );
  const lines = logLines({
    rows: listed.slice(start, start + height),
    selected: selected - start,
    hasFocus,
    width: inner.width,
    height,
  });
  return <Lines lines={withHint("log", hasHint, inner.width, lines)} width={inner.width} height={inner.height} />;
}
