import type { ReactNode } from "react";
import { bold, inverseLine, type Line } from "../format/line.ts";
import type { Rect } from "../layout/layout.ts";
import { Lines } from "../look/lines.tsx";
import { bannerOf } from "../state/questions.ts";
import { useScreen } from "../store/use-screen.ts";

/** An alarm or a question, across the screen until it is answered. */
export function BannerPane({ inner }: { readonly inner: Rect }): ReactNode {
  const session = useScreen((state) => state.session);
  const ui = useScreen((state) => state.ui);
  const columns = useScreen(({ size }) => size.columns);
  const banner = bannerOf(ui, session, columns);
  if (banner === null) return null;
  const { tone } = banner.question;
  const lines = banner.lines.map(
    (text, i): Line => inverseLine([bold(` ${i === 0 ? "! " : "  "}${text}`, tone)], inner.width),
  );
  return <Lines lines={lines} width={inner.width} height={inner.height} />;
}
