import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { temporaryHome } from "./temporary-home.ts";

export const program = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `pos-client` with these words as a user whose configuration lies in `configHome`, until it ends. */
export function commandOf(configHome: string) {
  const directory = temporaryHome();
  return async (words: readonly string[], input = ""): Promise<Ended> => {
    const env = { PATH: process.env.PATH, USER: "anna", XDG_CONFIG_HOME: configHome };
    const child = spawn(process.execPath, [program, ...words], { cwd: directory, env, stdio: "pipe" });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.stdin.end(input);
    await once(child, "close");
    return { code: child.exitCode, stdout, stderr };
  };
}
