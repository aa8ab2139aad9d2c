import { type ReactNode, useMemo } from "react";
import type { Region } from "../layout/layout.ts";
import { pinnedWindow } from "../lists/position.ts";
import { listValidators } from "../lists/validators.ts";
import { Lines } from "../look/lines.tsx";
import { validatorLines } from "../panels/validators.ts";
import { useScreen } from "../store/use-screen.ts";
import { withHint } from "./hint.ts";
import { useHasHint, useIsFocused, useShown } from "./use-pane.ts";

export function ValidatorsPane({ region: { inner } }: { readonly region: Region }): ReactNode {
  const all = useShown((session) => session.validators);
  const sort = useScreen(({ ui }) => ui.sort);
  const filter = useScreen(({ ui }) => ui.filters.validators);
  const position = useScreen(({ ui }) => ui.lists.validators);
  const hasFocus = useIsFocused("validators");
  const hasHint = useHasHint(inner.height);
  const listed = useMemo(() => listValidators(all, sort, filter), [all, sort, filter]);
  const height = Math.max(1, inner.height - 1 - Number(hasHint));
  const { start, selected, pinned, ...shown } = pinnedWindow(
    listed.map(({ publicKey }) => publicKey),
    position,
    height,
    listed.find(({ isMe }) => isMe)?.publicKey ?? null,
  );
  const isMarked = hasFocus || position.key !== null;
  const lines = validatorLines({
    rows: listed.slice(start, start + shown.height),
    pinned: listed[pinned] ?? null,
    all,
    selected: isMarked ? selected - start : -1,
    hasFocus,
    width: inner.width,
  });
  return (
    <Lines lines={withHint("validators", hasHint, inner.width, lines)} width={inner.width} height={inner.height} />
  );
}
