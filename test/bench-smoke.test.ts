import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { rows } from "../bench/rows.ts";
import type { Row } from "../bench/run/row.ts";
import { rows as screenRows } from "../bench/tui/rows.ts";

const main = join(import.meta.dirname, "..", "bench", "main.ts");
const screenMain = join(import.meta.dirname, "..", "bench", "tui", "main.ts");

/** There on any Linux. */
const MEMORY_DISK = "/dev/shm";
const hasMemoryDisk = existsSync(MEMORY_DISK);

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function bench(...args: string[]): Promise<Ended> {
  return run(main, args);
}

function run(file: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill());
  const ended = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    ended.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    ended.stderr += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...ended })));
}

/** Every row has run and printed lines of seven cells without a verdict. */
function expectEveryRow({ code, stdout, stderr }: Ended, all: readonly Row[]): void {
  expect(stderr).not.toContain("has failed");
  expect(code).toBe(0);
  const [header, ...lines] = stdout.trimEnd().split("\n");
  expect(header).toBe("what | size | ours | baseline | ratio | goal | met");
  expect(lines.length).toBeGreaterThan(all.length);
  for (const line of lines) {
    const cells = line.split(" | ");
    expect(cells, line).toHaveLength(7);
    expect(cells[2], line).toMatch(/\d/);
    expect(cells[6], line).toBe("–");
  }
  for (const { name } of all) expect(stderr).toContain(`\n${name}\n`);
}

describe("npm run bench", () => {
  test("every row runs in small, prints lines of seven cells, and gives no verdict", { timeout: 120_000 }, async () => {
    expectEveryRow(await bench("--smoke"), rows);
  });

  test("one row by its name, as JSON", async () => {
    const { code, stdout } = await bench("draw-work", "--smoke", "--json");
    expect(code).toBe(0);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatchObject({ unit: "µs", met: null });
      expect(line.repetitions.ours).toHaveLength(1);
    }
  });

  test.runIf(hasMemoryDisk)("what is durable is not measured on a memory file system", async () => {
    const directory = mkdtempSync(join(MEMORY_DISK, "pos-bench-"));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const { code, stdout, stderr } = await bench("append", "--dir", directory);
    expect(code).toBe(2);
    expect(stdout).not.toContain("durable append");
    expect(stderr).toContain("tmpfs, which is memory");
  });

  test("an unknown row is refused by name", async () => {
    const { code, stdout, stderr } = await bench("fan-in");
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("there is no row fan-in");
  });
});

describe("npm run bench:tui", () => {
  test("every row runs in small, in front of a real hub", { timeout: 180_000 }, async () => {
    expectEveryRow(await run(screenMain, ["--smoke"]), screenRows);
  });
});
