// DESIGN §10: exit 0 done, 2 wrong usage; a closed pipe ends the program silently.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { commandOf, program } from "../support/command.ts";
import { temporaryHome } from "../support/temporary-home.ts";

it("prints its help with examples, within 120 columns", async () => {
  const { code, stdout, stderr } = await commandOf(temporaryHome())(["--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("\nExamples\n  pos-client --stake 100 ");
  for (const flag of ["--hub ADDRESS", "--auto-bpm [MIN-MAX]", "--bots N", "--version"]) expect(stdout).toContain(flag);
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
});

it.each([
  ["--stake", "0"],
  ["--stake", "-1"],
  ["--stake", "0.5"],
  ["--bpm", "72.5"],
  ["--bots", "x"],
  ["--stke", "5"],
])("%s %s: exit 2, one line on standard error that names the flag, nothing on standard output", async (flag, value) => {
  const { code, stdout, stderr } = await commandOf(temporaryHome())([flag, value]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^pos-client: [^\n]+\n$/);
  expect(stderr).toContain(flag);
});

it("ends silently where its reader has gone", async () => {
  const child = spawn(process.execPath, [program, "--help"], { stdio: "pipe" });
  // Long before it can write.
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  await once(child, "close");
  expect({ code: child.exitCode, stderr }).toEqual({ code: 0, stderr: "" });
});
