import type { ReactNode } from "react";
import { inverseLine, type Line, span } from "../format/line.ts";
import type { Rect } from "../layout/layout.ts";
import { Lines } from "../look/lines.tsx";
import { bannerLines, bannerOf } from "../state/questions.ts";
import { useScreen } from "../store/use-screen.ts";

/** An alarm or a question, across the screen until it is answered. */
export function BannerPane({ inner }: { readonly inner: Rect }): ReactNode {
  const session = useScreen((state) => state.session);
  const ui = useScreen((state) => state.ui);
  const columns = useScreen(({ size }) => size.columns);
  const banner = bannerOf(ui, session, columns);
  if (banner === null) return null;
  const lines = bannerLines(banner, inner.height).map(
    (text, i): Line => inverseLine([span(` ${i === 0 ? "! " : "  "}${text}`)], inner.width, banner.tone),
  );
  return <Lines lines={lines} width={inner.width} height={inner.height} />;
}
