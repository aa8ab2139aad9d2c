import type { ReactNode } from "react";
import { inverseLine, type Line, span } from "../format/line.ts";
import type { Rect } from "../layout/layout.ts";
import { Lines } from "../look/lines.tsx";
import { bannerIn } from "../state/context.ts";
import { useScreen } from "../store/use-screen.ts";

/** An alarm or a question, across the screen until it is answered. */
export function BannerPane({ inner }: { readonly inner: Rect }): ReactNode {
  const session = useScreen((state) => state.session);
  const ui = useScreen((state) => state.ui);
  const size = useScreen((state) => state.size);
  const isSpectator = useScreen((state) => state.isSpectator);
  const shown = bannerIn(ui, { session, size, isSpectator });
  if (shown === null) return null;
  const { banner, seen } = shown;
  const lines = seen.lines.map((text, i): Line => {
    const mark = i === 0 && seen.above === 0 ? "! " : "  ";
    return inverseLine([span(` ${mark}${text}`)], inner.width, banner.tone);
  });
  return <Lines lines={lines} width={inner.width} height={inner.height} />;
}
