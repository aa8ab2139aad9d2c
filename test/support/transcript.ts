import { onTestFailed } from "vitest";
import { Program, type ProgramName } from "./program.ts";
import { temporaryHome } from "./temporary-home.ts";

/**
 * Plays a session that is written down as one would see it, pane by pane:
 *
 *     # a remark
 *     hub$   pos-hub --memory        started in the pane `hub`
 *     anna>  72                      typed in the pane `anna`
 *     anna   what appears there      waited for; what stands between may be anything
 *     anna^D                         the end of its input (^C: interrupted); the program has to end with 0
 *
 * TIME, HASH, WORDS and ADDRESS stand for what differs from run to run, HUB and PAGE for where the hub is. A `{word}` stands for
 * what stood there first, and from then on for the same.
 *
 * @returns what the words stood for
 */
export async function play(session: string): Promise<ReadonlyMap<string, string>> {
  const panes = new Map<string, Program>();
  const words = new Map<string, string>();
  const paneOf = (name: string): Program => {
    const pane = panes.get(name);
    if (pane === undefined) throw new Error(`nothing was started in ${name}`);
    return pane;
  };
  let current = "";
  onTestFailed(() => {
    process.stderr.write(`--- waiting for: ${current}\n`);
  });
  for (const line of session.split("\n").filter((each) => each.trim() !== "" && !each.trim().startsWith("#"))) {
    current = line;
    const [, pane = "", mark = "", rest = ""] = /^\s*(\w+)(\$|>|\^[CD]|)\s*(.*)$/.exec(line) ?? [];
    switch (mark) {
      case "$":
        panes.set(pane, start(rest, words));
        break;
      case ">":
        paneOf(pane).write(`${rest}\n`);
        break;
      case "^C":
      case "^D":
        await end(paneOf(pane), mark);
        break;
      default:
        await see(paneOf(pane), rest, words);
    }
  }
  return words;
}

function start(command: string, words: ReadonlyMap<string, string>): Program {
  const [name = "", ...args] = command.split(/\s+/);
  if (name !== "pos-hub" && name !== "pos-client") throw new Error(`no program of ours: ${name}`);
  const program: ProgramName = name;
  return new Program(
    program,
    args.map((arg) => (arg === "HUB" ? (words.get("HUB") ?? "") : arg)),
    { home: temporaryHome() },
  );
}

async function end(program: Program, how: "^C" | "^D"): Promise<void> {
  if (how === "^D") program.endInput();
  const { code } = how === "^C" ? await program.stop("SIGINT") : await program.ended;
  if (code !== 0) throw new Error(`it ended with ${code}`);
}

async function see({ lines }: Program, expected: string, words: Map<string, string>): Promise<void> {
  const pattern = patternOf(expected, words);
  let groups: Readonly<Record<string, string>> = {};
  await lines.take((line) => {
    const match = pattern.exec(line.replace(/^\d\d:\d\d:\d\d /, "").trim());
    groups = match?.groups ?? groups;
    return match !== null;
  });
  for (const [word, value] of Object.entries(groups)) words.set(word, value);
}

/** How what differs from run to run looks. */
const SHAPES: Readonly<Record<string, string>> = {
  TIME: "\\d\\d:\\d\\d:\\d\\d",
  HASH: "[0-9a-f]{12,64}",
  WORDS: "[a-z]+ [a-z]+ [a-z]+",
  ADDRESS: "[0-9a-f]{4}…[0-9a-f]{4}",
  HUB: "(?<HUB>(?:ws://)?127\\.0\\.0\\.1:\\d+)",
  PAGE: "http://127\\.0\\.0\\.1:\\d+",
};

function patternOf(expected: string, words: ReadonlyMap<string, string>): RegExp {
  const parts = expected.split(/(\{\w+\}|\b(?:TIME|HASH|WORDS|ADDRESS|HUB|PAGE)\b)/);
  const source = parts.map((part, i) => {
    if (i % 2 === 0) return escaped(part);
    const word = part.replace(/[{}]/g, "");
    const known = word === "HUB" ? undefined : words.get(word);
    return known === undefined ? (SHAPES[word] ?? `(?<${word}>[\\w.]+)`) : escaped(known);
  });
  return new RegExp(`^${source.join("")}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
