import { createContext, useContext } from "react";
import { THEME_COLORS, type ThemeColors } from "./themes.ts";

/** How lines are turned into cells: in which colours, with which characters. */
export interface Look {
  readonly colors: ThemeColors;
  /** False: no colour at all; bold and inverse stay. */
  readonly hasColor: boolean;
  readonly isAscii: boolean;
}

export const LookContext = createContext<Look>({ colors: THEME_COLORS.dark, hasColor: true, isAscii: false });

export function useLook(): Look {
  return useContext(LookContext);
}
