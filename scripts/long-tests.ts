// The long forms of tests whose short ones belong to `npm test`. At the end it prints their figures.
// Usage: node scripts/long-tests.ts evil|faults|fuzz|soak [--minutes N] [what Vitest takes]. POS_TEST_SEED repeats a chance.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");
const [which = "", ...rest] = process.argv.slice(2);
if (!["evil", "faults", "fuzz", "soak"].includes(which)) {
  process.stderr.write("usage: node scripts/long-tests.ts evil|faults|fuzz|soak [--minutes N]\n");
  process.exit(2);
}
const at = rest.indexOf("--minutes");
const [, minutes = "20"] = at === -1 ? [] : rest.splice(at, 2);
if (!/^\d{1,4}(\.\d+)?$/.test(minutes) || Number(minutes) <= 0) {
  process.stderr.write("--minutes: expected a number of minutes, as 20\n");
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), "pos-figures-"));
const figures = join(folder, "figures");
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
// File after file: what one of them measures is not to be the work of another.
const flags = ["--project", "e2e", "--no-file-parallelism", "--reporter=verbose"];
const child = spawn(process.execPath, [vitest, "run", `test/${which}/`, ...flags, ...rest], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, POS_TEST_LONG: "1", POS_TEST_FIGURES: figures, POS_TEST_MINUTES: minutes },
});
child.on("close", (code) => {
  void readFile(figures, "utf8")
    .catch(() => "no figures\n")
    .then(async (text) => {
      process.stdout.write(`\n${text}`);
      await rm(folder, { recursive: true });
      process.exitCode = code ?? 1;
    });
});
