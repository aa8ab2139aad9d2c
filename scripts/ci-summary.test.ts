import { describe, expect, it } from "vitest";
import { countResults } from "./ci-summary.mjs";

const passedTest = { status: "passed" };
const failedTest = { status: "failed" };
const file = (...tests: { status: string }[]) => ({
  status: tests.includes(failedTest) ? "failed" : "passed",
  assertionResults: tests,
});
const report = (...files: ReturnType<typeof file>[]) => ({
  numPassedTests: files.flatMap((f) => f.assertionResults).filter((t) => t.status === "passed").length,
  numFailedTests: files.flatMap((f) => f.assertionResults).filter((t) => t.status === "failed").length,
  testResults: files,
});
const steps = (lint: boolean, test: boolean) => [
  { script: "lint", passed: lint },
  { script: "test", passed: test },
];

describe("the closing line of CI", () => {
  it("counts tests, not steps, where all is well", () => {
    const tests = report(file(passedTest, passedTest), file(passedTest));
    expect(countResults(0, steps(true, true), tests)).toEqual({ passed: 3, failed: 0 });
  });

  it("counts each failed test once, not its step as well", () => {
    const tests = report(file(passedTest, failedTest), file(failedTest));
    expect(countResults(1, steps(true, false), tests)).toEqual({ passed: 1, failed: 2 });
  });

  it("counts a failed step besides the tests as one", () => {
    expect(countResults(1, steps(false, true), report(file(passedTest)))).toEqual({ passed: 1, failed: 1 });
  });

  it("counts a test file that could not be loaded as one", () => {
    const tests = report(file(passedTest), { status: "failed", assertionResults: [] });
    expect(countResults(1, steps(true, false), tests)).toEqual({ passed: 1, failed: 1 });
  });

  it("counts a test step that failed without a failed test, as after an unhandled error", () => {
    expect(countResults(1, steps(true, false), report(file(passedTest)))).toEqual({ passed: 1, failed: 1 });
  });

  it("is a failure where the installation failed and nothing ran", () => {
    expect(countResults(1, undefined, undefined)).toEqual({ passed: 0, failed: 1 });
  });

  it("is a failure where no test ran, whatever the exit code says", () => {
    expect(countResults(0, steps(true, true), report())).toEqual({ passed: 0, failed: 1 });
    expect(countResults(0, undefined, undefined)).toEqual({ passed: 0, failed: 1 });
  });
});
