import type { ReactNode } from "react";
import { inverseLine, type Line, span } from "../format/line.ts";
import type { Rect } from "../layout/layout.ts";
import { Lines } from "../look/lines.tsx";
import { noWinnerText } from "../panels/nothing-shown.ts";
import { winnerBanner, winnerLine } from "../panels/winner-line.ts";
import { useScreen } from "../store/use-screen.ts";

/** The last winner: one line, or a banner of two where there is room. */
export function WinnerPane({ inner }: { readonly inner: Rect }): ReactNode {
  const winner = useScreen(({ session }) => session.lastWinner);
  const reward = useScreen(({ session }) => session.network?.genesis.blockReward ?? null);
  const none = useScreen(({ session }) => noWinnerText(session));
  const props = { winner, none, reward, width: inner.width - 2 };
  const lines = inner.height >= 2 ? winnerBanner(props) : [winnerLine(props)];
  const isMine = winner?.isMe === true;
  return (
    <Lines
      lines={lines.map(
        (line): Line => (isMine ? inverseLine([span(" "), ...line], inner.width, "you") : [span(" "), ...line]),
      )}
      width={inner.width}
      height={inner.height}
    />
  );
}
