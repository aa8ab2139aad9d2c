import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";

// Inside an npm script npm tells where it is; started by hand, the one on the PATH serves (on Windows a .cmd, so by a shell).
const { npm_execpath: npmFile } = process.env;
const command = npmFile === undefined ? "npm" : process.execPath;
const before = npmFile === undefined ? [] : [npmFile];
const shell = npmFile === undefined;

/** Runs npm and returns what it printed; rejects where it fails. */
export async function npm(args: string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)(command, [...before, ...args], { cwd, shell, maxBuffer: 2 ** 26 });
  return stdout;
}

/** Runs npm with this process's own output; resolves to its exit code. */
export function npmAloud(args: string[], cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...before, ...args], { cwd, shell, stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
