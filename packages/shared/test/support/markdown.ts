/** What the tests of the documentation read out of a Markdown page. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A page of this repository, by its path from the top folder. */
export function readPage(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)), "utf8").replaceAll("\r\n", "\n");
}

export interface Section {
  readonly level: number;
  /** As it is written, backticks and all. */
  readonly title: string;
  /** From the heading to the next one of whatever level. */
  readonly body: string;
}

export interface Fence {
  readonly language: string;
  readonly text: string;
}

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** The sections of a page, each without those below it. Headings inside fences do not count. */
export function sectionsOf(page: string): Section[] {
  const sections: { level: number; title: string; lines: string[] }[] = [];
  let inFence = false;
  for (const line of page.split("\n")) {
    if (line.startsWith("```")) inFence = !inFence;
    const [, marks, title] = /^(#{1,6}) (.+)$/.exec(inFence ? "" : line) ?? [];
    if (marks !== undefined && title !== undefined) sections.push({ level: marks.length, title, lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return sections.map(({ level, title, lines }) => ({ level, title, body: lines.join("\n") }));
}

/** The one section of this title. */
export function sectionOf(page: string, title: string): Section {
  const found = sectionsOf(page).filter((section) => section.title === title);
  const [section] = found;
  if (section === undefined || found.length > 1) throw new Error(`${found.length} sections are titled ${title}`);
  return section;
}

/** The sections under a heading, down to the next of its level. */
export function sectionsUnder(page: string, title: string): Section[] {
  const sections = sectionsOf(page);
  const at = sections.findIndex((section) => section.title === title);
  const top = sections[at];
  if (top === undefined) throw new Error(`no section is titled ${title}`);
  const rest = sections.slice(at + 1);
  const end = rest.findIndex(({ level }) => level <= top.level);
  return end === -1 ? rest : rest.slice(0, end);
}

/** The rows of all tables of a text, cells as they are written, without the headings. */
export function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let isInside = false;
  for (const line of withoutFences(text).split("\n")) {
    if (/^\| ?-/.test(line)) isInside = true;
    else if (!line.startsWith("|")) isInside = false;
    else if (isInside) rows.push(cellsOf(line));
  }
  return rows;
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, line.lastIndexOf("|"))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** A cell that is one piece of code, without its backticks. */
export function codeOf(cell: string | undefined): string {
  const match = /^`([^`]+)`$/.exec(cell ?? "");
  if (match?.[1] === undefined) throw new Error(`not one piece of code: ${cell}`);
  return match[1];
}

export function fencesOf(text: string): Fence[] {
  return [...text.matchAll(FENCE)].map(([, language = "", content = ""]) => ({ language, text: content }));
}

export function withoutFences(text: string): string {
  return text.replace(FENCE, "");
}

/** The part of a link that leads to a heading, as GitHub makes it. */
export function anchorOf(title: string): string {
  return title
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}
