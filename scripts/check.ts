// Everything that must hold before a change is handed in, one step after the other; CI runs the same.
// All steps run, also after one has failed. What they found is kept in .test-results for the closing line of CI.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { npmAloud } from "./npm.ts";

const root = join(import.meta.dirname, "..");
const results = join(root, ".test-results");

const steps: { name: string; script: string; args?: string[] }[] = [
  { name: "format, lint, directions of imports", script: "lint" },
  { name: "types", script: "types" },
  { name: "dead code, unused dependencies", script: "deadcode" },
  {
    name: "tests",
    script: "test",
    args: ["--reporter=default", "--reporter=json", `--outputFile.json=${join(results, "tests.json")}`],
  },
  { name: "packages", script: "check:packages" },
];

await rm(results, { recursive: true, force: true });
await mkdir(results, { recursive: true });
const done: { name: string; script: string; passed: boolean; seconds: number }[] = [];
for (const { name, script, args = [] } of steps) {
  process.stdout.write(`\n── ${name} (npm run ${script})\n`);
  const started = performance.now();
  const code = await npmAloud(["run", "--silent", script, "--", ...args], root);
  done.push({ name, script, passed: code === 0, seconds: (performance.now() - started) / 1000 });
}
await writeFile(join(results, "steps.json"), JSON.stringify(done, null, 2));

process.stdout.write("\n");
for (const { name, passed, seconds } of done) {
  process.stdout.write(`${passed ? "passed" : "FAILED"}  ${seconds.toFixed(1).padStart(6)} s  ${name}\n`);
}
if (!done.every(({ passed }) => passed)) process.exitCode = 1;
