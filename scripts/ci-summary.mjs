// The closing line of CI, `N passed, N failed`: each test counts, and each other step of `npm run check` where it failed.
// Usage: node scripts/ci-summary.mjs EXIT_CODE, that of everything before. Exits 1 where anything failed.
// Plain JavaScript: it also runs where the installation failed and only the machine's own Node is there.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * @param {number} exitCode of the run as a whole
 * @param {{ script: string, passed: boolean }[] | undefined} steps undefined where the run did not get to its end
 * @param {object | undefined} tests Vitest's JSON report, undefined where there is none
 */
export function countResults(exitCode, steps, tests) {
  const passed = tests?.numPassedTests ?? 0;
  let failed = tests?.numFailedTests ?? 0;
  // A file that could not be loaded has no tests that could fail.
  for (const { status, assertionResults } of tests?.testResults ?? []) {
    if (status === "failed" && !assertionResults.some((test) => test.status === "failed")) failed += 1;
  }
  const testsFailed = failed > 0;
  for (const step of steps ?? []) {
    if (!step.passed && !(step.script === "test" && testsFailed)) failed += 1;
  }
  if (exitCode !== 0 && failed === 0) failed = 1;
  // A run without a report of its tests has tested nothing.
  if (passed === 0 && failed === 0) failed = 1;
  return { passed, failed };
}

function readJson(name) {
  try {
    return JSON.parse(readFileSync(join(fileURLToPath(new URL("../.test-results", import.meta.url)), name), "utf8"));
  } catch {
    return undefined;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { passed, failed } = countResults(Number(process.argv[2] ?? 1), readJson("steps.json"), readJson("tests.json"));
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
