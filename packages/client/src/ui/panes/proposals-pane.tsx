import { type ReactNode, useMemo } from "react";
import { span } from "../format/line.ts";
import type { Region } from "../layout/layout.ts";
import { listWindow } from "../lists/position.ts";
import { listProposals } from "../lists/proposals.ts";
import { Lines } from "../look/lines.tsx";
import { noProposalText } from "../panels/nothing-shown.ts";
import { proposalLines } from "../panels/proposals.ts";
import { useScreen } from "../store/use-screen.ts";
import { words } from "../words.ts";
import { mutedLines, withHint } from "./hint.ts";
import { useHasHint, useIsFocused, useShown } from "./use-pane.ts";

export function ProposalsPane({ region: { inner } }: { readonly region: Region }): ReactNode {
  const round = useShown((session) => session.round);
  const validators = useShown((session) => session.validators);
  const ownProposal = useShown((session) => session.ownProposal);
  const myKey = useShown((session) => session.me?.publicKey ?? null);
  const myName = useShown((session) => session.me?.name ?? "");
  const none = useShown(noProposalText);
  const filter = useScreen(({ ui }) => ui.filters.proposals);
  const position = useScreen(({ ui }) => ui.lists.proposals);
  const nowMs = useScreen((state) => state.nowMs);
  const hasFocus = useIsFocused("proposals");
  const hasHint = useHasHint(inner.height);
  const listed = useMemo(() => {
    const me = myKey === null ? null : { publicKey: myKey, name: myName };
    return listProposals({ round, validators, ownProposal, me }, filter);
  }, [round, validators, ownProposal, myKey, myName, filter]);
  const height = Math.max(1, inner.height - Number(hasHint));
  // The last line says how many more there are, until one looks at the list itself.
  const isCut = !hasFocus && listed.length > height;
  const shown = isCut ? height - 1 : height;
  const { start, selected } = listWindow(
    listed.map(({ publicKey }) => publicKey),
    position,
    shown,
  );
  const isPartial = round !== null && round.seen.length < round.proposals;
  const rows = listed.slice(start, start + shown);
  const lines = [
    ...proposalLines({
      rows,
      selected: hasFocus ? selected - start : -1,
      hasFocus,
      width: inner.width,
      nowMs,
      isPartial,
    }),
    ...(isCut ? [[span(`  ${words.proposals.more(listed.length - start - rows.length)}`, "muted")]] : []),
    ...(listed.length === 0 ? mutedLines(none, inner.width) : []),
  ];
  return <Lines lines={withHint("proposals", hasHint, inner.width, lines)} width={inner.width} height={inner.height} />;
}
