import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A file system of its own of so many MiB, gone after the test; undefined where one may not be mounted. */
export function smallDisk(mebibytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "pos-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m,mode=700`, "pos-test", folder], { stdio: "pipe" });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  onTestFinished(() => {
    execFileSync("umount", ["--lazy", folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Takes all room that is left but so many bytes. Returns how to give it back. */
export function fillDisk(folder: string, leftBytes = 0): () => void {
  const file = join(folder, "filling");
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(file, Buffer.alloc(bavail * bsize - leftBytes));
  return () => rmSync(file);
}
