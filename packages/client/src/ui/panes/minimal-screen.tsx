import type { ReactNode } from "react";
import { Lines } from "../look/lines.tsx";
import type { Size } from "../state/context.ts";
import { useScreen } from "../store/use-screen.ts";
import { minimalLines } from "./minimal-lines.ts";

/** The countdown, the BPM and the last winner, for a terminal that has room for little more. */
export function MinimalScreen({ size: { columns, rows } }: { readonly size: Size }): ReactNode {
  const state = useScreen((all) => all);
  return <Lines lines={minimalLines(state, columns, rows)} width={columns} height={rows} />;
}
