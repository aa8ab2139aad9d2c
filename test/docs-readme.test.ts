// README.md shows what the programs print for --help, and names commands that exist.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fencesOf, readPage } from "../packages/shared/test/support/markdown.ts";
import type { ProgramName } from "./support/program.ts";
import { run } from "./support/run.ts";

const page = readPage("README.md");
const fences = fencesOf(page);
const programs: readonly ProgramName[] = ["pos-hub", "pos-client"];

test.each(programs)("it shows the whole help of %s", async (program) => {
  const { code, stdout } = await run(program, ["--help"]);
  expect(code).toBe(0);
  const shown = page.split(`\`${program} --help\`:\n`)[1] ?? "";
  expect(fencesOf(shown)[0]?.text.trimEnd()).toBe(stdout.trimEnd());
});

test("every npm script that it names exists", () => {
  const { scripts, version } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8"));
  const named = [...page.matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
  expect(named).toContain("demo");
  expect(named).toContain("pack");
  for (const name of named) expect(scripts, name).toHaveProperty([name]);
  for (const [, tarball] of page.matchAll(/pos-(?:hub|client)-(\d[\d.]+\d)\.tgz/g)) expect(tarball).toBe(version);
});

test("every flag in its commands is an option of that program", async () => {
  const help = Object.fromEntries(
    await Promise.all(programs.map(async (program) => [program, (await run(program, ["--help"])).stdout] as const)),
  );
  const commands = fences
    .filter(({ language }) => language === "sh")
    .flatMap(({ text }) => [...text.matchAll(/npx (pos-hub|pos-client)([^|#\n]*)/g)]);
  expect(commands.length).toBeGreaterThan(5);
  for (const [, program = "", rest = ""] of commands) {
    for (const [flag] of rest.matchAll(/--[a-z-]+/g))
      expect(help[program], `${flag} of ${program}`).toContain(`${flag} `);
  }
});
