import type { Terminal } from "@xterm/headless";

export interface PictureColors {
  readonly text: string;
  readonly background: string;
}

export const DARK: PictureColors = { text: "#d7dae0", background: "#15181d" };

const CELL_WIDTH = 9;
const CELL_HEIGHT = 19;
const FONT_SIZE = 15;
const BASELINE = 14.5;
const MARGIN = 12;
// The eight basic colours and their bright ones, for what is not given as true colour.
const BASIC = [
  "#15181d",
  "#ff6f3c",
  "#3fc79a",
  "#e69f00",
  "#56b4e9",
  "#cc79a7",
  "#56b4e9",
  "#d7dae0",
  "#5f6773",
  "#ff6f3c",
  "#3fc79a",
  "#f0e442",
  "#56b4e9",
  "#cc79a7",
  "#8fd3ff",
  "#ffffff",
];

interface Run {
  readonly column: number;
  text: string;
  columns: number;
  readonly foreground: string;
  readonly background: string | null;
  readonly isBold: boolean;
}

/** The screen of a terminal as a picture, as it stands, in its colours. */
export function terminalSvg(terminal: Terminal, colors: PictureColors): string {
  const width = terminal.cols * CELL_WIDTH + 2 * MARGIN;
  const height = terminal.rows * CELL_HEIGHT + 2 * MARGIN;
  const rows = Array.from({ length: terminal.rows }, (_, row) => rowSvg(terminal, row, colors)).join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>The screen of pos-client at ${terminal.cols} by ${terminal.rows} characters</title>
<rect width="${width}" height="${height}" rx="8" fill="${colors.background}"/>
<g font-family="'DejaVu Sans Mono','Menlo','Consolas',monospace" font-size="${FONT_SIZE}" xml:space="preserve">
${rows}
</g>
</svg>
`;
}

function rowSvg(terminal: Terminal, row: number, colors: PictureColors): string {
  const top = MARGIN + row * CELL_HEIGHT;
  return runsOf(terminal, row, colors)
    .map(({ column, columns, text, foreground, background, isBold }) => {
      const left = MARGIN + column * CELL_WIDTH;
      const width = columns * CELL_WIDTH;
      const box =
        background === null
          ? ""
          : `<rect x="${left}" y="${top}" width="${width}" height="${CELL_HEIGHT}" fill="${background}"/>`;
      if (text.trim() === "") return box;
      const weight = isBold ? ' font-weight="bold"' : "";
      return `${box}<text x="${left}" y="${top + BASELINE}" textLength="${width}" lengthAdjust="spacingAndGlyphs" fill="${foreground}"${weight}>${escapeXml(text)}</text>`;
    })
    .join("");
}

/** Neighbouring cells of one style. */
function runsOf(terminal: Terminal, row: number, colors: PictureColors): readonly Run[] {
  const { active } = terminal.buffer;
  const line = active.getLine(active.baseY + row);
  const runs: Run[] = [];
  for (let column = 0; line !== undefined && column < terminal.cols; column++) {
    const cell = line.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const text = cell.getChars() || " ";
    let foreground = colorOf(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor()) ?? colors.text;
    let background = colorOf(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor());
    if (cell.isInverse() !== 0) [foreground, background] = [background ?? colors.background, foreground];
    const isBold = cell.isBold() !== 0;
    const last = runs.at(-1);
    if (
      last !== undefined &&
      last.foreground === foreground &&
      last.background === background &&
      last.isBold === isBold
    ) {
      last.text += text;
      last.columns += cell.getWidth();
    } else {
      runs.push({ column, text, columns: cell.getWidth(), foreground, background, isBold });
    }
  }
  return runs;
}

function colorOf(isRgb: boolean, isPalette: boolean, value: number): string | null {
  if (isRgb) return `#${value.toString(16).padStart(6, "0")}`;
  return isPalette ? (BASIC[value] ?? null) : null;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
