// Writes both programs as tarballs, which a class or a server installs with `npm install FILE`:
// node scripts/pack.ts [FOLDER], by default ./tarballs.
import { execFileSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { npm } from "./npm.ts";

const root = join(import.meta.dirname, "..");
const folder = resolve(process.argv[2] ?? join(root, "tarballs"));

execFileSync(process.execPath, [join(root, "scripts", "build.ts")], { stdio: "inherit" });
await mkdir(folder, { recursive: true });
for (const name of ["pos-hub", "pos-client"]) {
  const printed = await npm(["pack", "--workspace", name, "--pack-destination", folder, "--silent"], root);
  process.stdout.write(`${join(folder, printed.trim())}\n`);
}
