import type { Theme } from "../../config/client-config.ts";

/** What a piece of text means; a theme gives it a colour. The words say the same without it. */
export type Tone = "muted" | "frame" | "accent" | "you" | "good" | "warn" | "bad" | "alarm" | "bar" | "title";

export interface ThemeColors {
  /** Colour of plain text and of the background; undefined leaves the terminal's own. */
  readonly text?: string;
  readonly background?: string;
  readonly tones: Readonly<Record<Tone, string | undefined>>;
}

// Built on the palette of Okabe and Ito, which people with any of the common colour blindnesses can tell apart.
export const THEME_COLORS: Readonly<Record<Theme, ThemeColors>> = {
  dark: {
    tones: {
      muted: "#8a8f98",
      frame: "#5f6773",
      accent: "#56b4e9",
      you: "#f0e442",
      good: "#3fc79a",
      warn: "#e69f00",
      bad: "#ff6f3c",
      alarm: "#ff4d4f",
      bar: "#56b4e9",
      title: "#d7dae0",
    },
  },
  light: {
    tones: {
      muted: "#5f6570",
      frame: "#9aa0aa",
      accent: "#0063a6",
      you: "#7a4fa3",
      good: "#00694b",
      warn: "#8f5a00",
      bad: "#b83200",
      alarm: "#c8102e",
      bar: "#0072b2",
      title: "#20242c",
    },
  },
  contrast: {
    text: "#000000",
    background: "#ffffff",
    tones: {
      muted: "#3a3a3a",
      frame: "#000000",
      accent: "#00478f",
      you: "#5b1f8a",
      good: "#005236",
      warn: "#6b3f00",
      bad: "#a00000",
      alarm: "#a00000",
      bar: "#00478f",
      title: "#000000",
    },
  },
};
