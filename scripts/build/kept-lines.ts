import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "esbuild";

/** What is put in another's place in a file of Ink's. */
interface Change {
  readonly from: string;
  readonly to: string;
}

const FILES: Readonly<Record<string, readonly Change[]>> = {
  // Lines taken apart into characters with their styles, and put together again; widths.
  "output.js": [
    { from: "caches = new OutputCaches();", to: "caches = keptCaches;" },
    {
      from: "export default class Output ",
      to: `const keptCaches = new OutputCaches();
const blank = { type: 'char', value: ' ', fullWidth: false, styles: [] };
const keptRows = [];
function rowText(cells, y) {
    const kept = keptRows[y];
    if (kept?.cells.length === cells.length && cells.every((cell, x) => cell === kept.cells[x])) {
        return kept.text;
    }
    const text = styledCharsToString(cells.filter(cell => cell !== undefined)).trimEnd();
    keptRows[y] = { cells, text };
    return text;
}
export default class Output `,
    },
    { from: "widths = new Map();", to: "widths = new RecentMap();" },
    { from: "blockWidths = new Map();", to: "blockWidths = new RecentMap();" },
    { from: "styledChars = new Map();", to: "styledChars = new RecentMap();\n    lines = new RecentMap();" },
    {
      from: "let lines = characterLines.map(line => styledCharsToString(line));",
      to: `let lines = this.caches.lines.get(text);
        if (lines === undefined) {
            lines = characterLines.map(line => styledCharsToString(line));
            this.caches.lines.set(text, lines);
        }`,
    },
    // Cells of a row are the same objects as long as its texts are.
    {
      from: `row.push({
                    type: 'char',
                    value: ' ',
                    fullWidth: false,
                    styles: [],
                });`,
      to: "row.push(blank);",
    },
    {
      from: `.map(line => {
            // See https://github.com/vadimdemedes/ink/pull/564#issuecomment-1637022742
            const lineWithoutEmptyItems = line.filter(item => item !== undefined);
            return styledCharsToString(lineWithoutEmptyItems).trimEnd();
        })`,
      to: ".map(rowText)",
    },
  ],
  // Texts without what a terminal must not be sent.
  "sanitize-ansi.js": [
    {
      from: "export default sanitizeAnsi;",
      to: `const keptTexts = new RecentMap();
export default function sanitizeAnsiOnce(text) {
    let kept = keptTexts.get(text);
    if (kept === undefined) {
        kept = sanitizeAnsi(text);
        keptTexts.set(text, kept);
    }
    return kept;
}`,
    },
  ],
};

/**
 * Lets Ink keep from frame to frame what it works out about a text. By itself it does all of it anew for each frame, of which
 * most lines are those of the frame before: two thirds of a screen's garbage were of that.
 */
export function keptLines(packageDir: string): Plugin {
  const recentMap = join(packageDir, "src", "ui", "format", "recent-map.ts");
  return {
    name: "kept-lines",
    setup({ onLoad }) {
      for (const [name, changes] of Object.entries(FILES)) {
        onLoad({ filter: new RegExp(`ink[\\\\/]build[\\\\/]${name.replace(".", "\\.")}$`) }, async ({ path }) => {
          const text = await readFile(path, "utf8");
          const changed = changes.reduce((before, change) => replaced(before, change, path), text);
          return { contents: `import { RecentMap } from ${JSON.stringify(recentMap)};\n${changed}` };
        });
      }
    },
  };
}

/** @throws where it is not there once: another Ink has to be looked at anew */
function replaced(text: string, { from, to }: Change, path: string): string {
  const [before, after, ...more] = text.split(from);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${path} is not what it was: ${from}`);
  }
  return `${before}${to}${after}`;
}
