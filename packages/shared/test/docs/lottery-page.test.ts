// docs/lottery.md: every command of the page prints what stands under it, in one shell from top to bottom.
import { execFileSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { fencesOf, readPage } from "../support/markdown.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const END = "--- end of block ---";

interface Step {
  readonly commands: string;
  /** What stands under them; empty where nothing is shown. */
  readonly shown: string;
}

function stepsOf(page: string): Step[] {
  const fences = fencesOf(page);
  return fences.flatMap(({ language, text }, at) => {
    const next = fences[at + 1];
    return language === "sh" ? [{ commands: text, shown: next?.language === "text" ? next.text : "" }] : [];
  });
}

/** Runs all steps in one shell, where later ones use what earlier ones set. */
function printedBy(steps: readonly Step[]): string[] {
  const script = steps.map(({ commands }) => `${commands}\nprintf %s '${END}'\n`).join("");
  const env = { ...process.env, PATH: `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH}` };
  const output = execFileSync("bash", ["-euo", "pipefail", "-c", script], { cwd: root, env, encoding: "utf8" });
  return output.split(END).slice(0, -1);
}

// The page says itself which shell and tools it needs.
describe.runIf(process.platform === "linux")("docs/lottery.md", () => {
  const steps = stepsOf(readPage("docs/lottery.md"));

  test("prints in a shell what it shows", () => {
    expect(printedBy(steps)).toEqual(steps.map(({ shown }) => shown));
  });

  test("shows a round from the chain id to the next seed", () => {
    expect(steps.length).toBeGreaterThan(10);
    expect(steps.filter(({ shown }) => shown !== "").length).toBeGreaterThan(8);
  });
});
