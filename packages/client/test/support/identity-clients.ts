import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { ChildOrder } from "./identity-child.ts";

const script = fileURLToPath(new URL("./identity-child.ts", import.meta.url));

/** A running process that holds identities. */
export interface IdentityClient {
  readonly pid: number;
  /** What it said first: the names that it got, or why it got none. */
  readonly names: readonly string[];
  readonly error: { readonly code: string } | undefined;
  readonly publicKey: string | undefined;
  /** Resolves once it has said so many lines more. */
  readonly saysMore: (lines: number) => Promise<void>;
  /** Dies at once, without a chance to release anything. Answers what it said since. */
  readonly kill: () => Promise<readonly object[]>;
}

interface Limits {
  /** No file gets longer than so many blocks of 512 bytes, as on a disk that is full. */
  readonly maxFileBlocks?: number;
}

/** Starts one process for each order, and lets all of them go at once. */
export async function startTogether(
  homeDir: string,
  orders: readonly (Partial<ChildOrder> & Limits)[],
): Promise<readonly IdentityClient[]> {
  const ready = await Promise.all(
    orders.map(({ maxFileBlocks, ...order }) =>
      startClient({ homeDir, name: null, bots: 0, signFrom: 0, signCount: 1_000_000, ...order }, maxFileBlocks),
    ),
  );
  return Promise.all(ready.map((go) => go()));
}

/** @returns what lets it go on, once it is up */
async function startClient(order: ChildOrder, maxFileBlocks?: number): Promise<() => Promise<IdentityClient>> {
  const command = [process.execPath, script, JSON.stringify(order)];
  const limit = maxFileBlocks === undefined ? "" : `ulimit -f ${maxFileBlocks};`;
  const child = spawn("sh", ["-c", `${limit} exec "$0" "$@"`, ...command], { stdio: "pipe" });
  const ended = once(child, "close");
  onTestFinished(() => void child.kill("SIGKILL"));
  const said: Record<string, unknown>[] = [];
  let complaint = "";
  child.stderr.on("data", (chunk) => (complaint += chunk));
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => said.push(JSON.parse(line)));
  const says = async (count: number) => {
    while (said.length < count) {
      const isOver = await Promise.race([once(lines, "line").then(() => false), ended.then(() => true)]);
      if (isOver) throw new Error(`it ended after ${JSON.stringify(said)}: ${complaint}`);
    }
  };
  await says(1);
  return async () => {
    child.stdin.write("go\n");
    await says(2);
    const [, first = {}] = said;
    return {
      pid: child.pid ?? 0,
      names: Array.isArray(first.names) ? first.names : [],
      error: isError(first.error) ? first.error : undefined,
      publicKey: typeof first.publicKey === "string" ? first.publicKey : undefined,
      saysMore: (count) => says(said.length + count),
      kill: async () => {
        child.kill("SIGKILL");
        await ended;
        return said.slice(2);
      },
    };
  };
}

function isError(value: unknown): value is { readonly code: string } {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string";
}
