/** The real file system, with its calls written down: what is durable is a question of their order. */
import { dirname } from "node:path";

type FileSystem = typeof import("node:fs");

interface Call {
  readonly what: "touch" | "sync" | "remove";
  readonly path: string;
}

/** In their order. What SQLite does itself does not come by here. */
export const calls: Call[] = [];

/** For `vi.mock` of node:fs. */
export function recording(real: FileSystem): FileSystem & { readonly default: FileSystem } {
  const paths = new Map<number, string>();
  const note = (what: Call["what"], at: unknown): void => {
    const path = typeof at === "number" ? paths.get(at) : at;
    if (typeof path === "string") calls.push({ what, path });
  };
  const fs = {
    ...real,
    openSync: (...args: Parameters<typeof real.openSync>) => {
      const descriptor = real.openSync(...args);
      paths.set(descriptor, String(args[0]));
      // Neither writes anything by itself.
      if (args[1] !== "r" && args[1] !== "r+") note("touch", args[0]);
      return descriptor;
    },
    fsyncSync: (descriptor: number) => {
      real.fsyncSync(descriptor);
      note("sync", descriptor);
    },
    mkdirSync: ((path: string, options: { readonly recursive: true }) => {
      const first = real.mkdirSync(path, options);
      note("touch", path);
      return first;
    }) as typeof real.mkdirSync,
    writeFileSync: (...args: Parameters<typeof real.writeFileSync>) => {
      real.writeFileSync(...args);
      note("touch", args[0]);
    },
    copyFileSync: (...args: Parameters<typeof real.copyFileSync>) => {
      real.copyFileSync(...args);
      note("touch", args[1]);
    },
    renameSync: (...args: Parameters<typeof real.renameSync>) => {
      real.renameSync(...args);
      // What was made durable under its first name is so under the second.
      note("touch", args[1]);
      note("sync", args[1]);
    },
    rmSync: (...args: Parameters<typeof real.rmSync>) => {
      real.rmSync(...args);
      note("remove", args[0]);
    },
  };
  return { ...fs, default: { ...real, ...fs } };
}

/** Place of the last such call among all; -1 where there was none. */
export function lastOf(what: Call["what"], path: string): number {
  return calls.findLastIndex((call) => call.what === what && call.path === path);
}

/** Has the content been made durable after the last time that it was touched? */
export function isContentDurable(path: string): boolean {
  return lastOf("sync", path) > lastOf("touch", path);
}

/** Has the name been made durable in the directory that has it, after the last time that it was touched? */
export function isNameDurable(path: string): boolean {
  return lastOf("sync", dirname(path)) > Math.max(lastOf("touch", path), lastOf("sync", path));
}
