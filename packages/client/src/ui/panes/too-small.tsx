import type { ReactNode } from "react";
import { type Line, span } from "../format/line.ts";
import { Lines } from "../look/lines.tsx";
import type { Size } from "../state/context.ts";
import { words } from "../words.ts";

/** Says how large the terminal has to be. */
export function TooSmall({ size: { columns, rows } }: { readonly size: Size }): ReactNode {
  const lines = words.tooSmall(columns, rows).map((text): Line => [span(text, "warn")]);
  return <Lines lines={lines} width={columns} height={rows} />;
}
