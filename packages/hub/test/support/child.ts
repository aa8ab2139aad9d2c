import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export interface Child {
  readonly process: ChildProcess;
  /** Its standard output so far, line by line. */
  readonly lines: readonly string[];
  readonly stderr: () => string;
  /** Resolves once so many lines are there, or rejects when the process ends before. */
  readonly untilLines: (count: number) => Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

export interface ChildOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The user who runs it; only the superuser may say so. */
  readonly uid?: number;
}

/** Starts a TypeScript file of the tests or the sources as a process of its own; it is gone after the test. */
export function startChild(
  file: string,
  args: readonly string[],
  { env = {}, cwd = tmpdir(), uid }: ChildOptions = {},
): Child {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, ...args], {
    env: { ...process.env, ...env },
    cwd,
    ...(uid !== undefined && { uid }),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const lines: string[] = [];
  let stderr = "";
  let waiting: { count: number; resolve: () => void } | undefined;
  createInterface(child.stdout).on("line", (line) => {
    lines.push(line);
    if (waiting !== undefined && lines.length >= waiting.count) waiting.resolve();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    process: child,
    lines,
    stderr: () => stderr,
    untilLines: (count) =>
      new Promise((resolve, reject) => {
        waiting = { count, resolve };
        if (lines.length >= count) resolve();
        void ended.then(({ code }) => reject(new Error(`ended with ${code} after ${lines.length} lines: ${stderr}`)));
      }),
    ended,
  };
}
