import { execFileSync } from "node:child_process";
import { statfsSync } from "node:fs";
import { arch, cpus, loadavg, release, totalmem, type } from "node:os";

/** Kinds of file system that forget everything with the power (statfs(2)): tmpfs, ramfs. */
const MEMORY_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x01021994, "tmpfs"],
  [0x858458f6, "ramfs"],
]);

/** The machine in one line, without anybody's paths. */
export function describeMachine(): string {
  const all = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const load = loadavg()
    .map((one) => one.toFixed(1))
    .join(" ");
  return `${all.length} × ${all[0]?.model.trim() ?? "?"}, ${memory}, ${type()} ${release()} ${arch()}, Node.js ${process.version}, load ${load}`;
}

/** The kind of file system that a directory lies on, and whether it forgets everything with the power. */
export function fileSystemOf(directory: string): { readonly name: string; readonly isMemory: boolean } {
  const memory = MEMORY_FILE_SYSTEMS.get(statfsSync(directory).type);
  return { name: memory ?? nameOfFileSystem(directory), isMemory: memory !== undefined };
}

function nameOfFileSystem(directory: string): string {
  try {
    return execFileSync("stat", ["--file-system", "--format", "%T", directory], { encoding: "utf8" }).trim();
  } catch {
    return `type 0x${statfsSync(directory).type.toString(16)}`;
  }
}

/** How many files and sockets a process may have open here. */
export function fileLimit(): number {
  const text = execFileSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }).trim();
  return text === "unlimited" ? Number.MAX_SAFE_INTEGER : Number(text);
}
