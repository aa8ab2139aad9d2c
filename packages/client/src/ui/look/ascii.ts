/** What `--ascii` shows in place of each sign of ours; one column for one column. */
const ASCII: Readonly<Record<string, string>> = {
  "▸": ">",
  "▹": ">",
  "★": "*",
  "●": "@",
  "○": "o",
  "◐": "%",
  "✓": "+",
  "✗": "x",
  "▲": "^",
  "▼": "v",
  "≈": "=",
  "±": "~",
  "−": "-",
  "·": ".",
  "…": "~",
  "—": "-",
  "–": "-",
  "←": "<",
  "→": ">",
  "↑": "^",
  "↓": "v",
  "▏": "_",
  "‖": "|",
  "█": "#",
  "░": ".",
  "▁": "_",
  "▂": ".",
  "▃": "-",
  "▄": "=",
  "▅": "+",
  "▆": "*",
  "▇": "%",
  "×": "x",
  "─": "-",
  "│": "|",
  "━": "=",
  "┃": "#",
};

const SIGNS = /[^\u0020-\u007e]/gu;
const BOX_DRAWING = /[\u2500-\u257f]/u;

/** A text without signs of ours beyond ASCII. Letters of names stay as they are. */
export function toAscii(text: string): string {
  return text.replaceAll(SIGNS, (sign) => ASCII[sign] ?? (BOX_DRAWING.test(sign) ? "+" : sign));
}
