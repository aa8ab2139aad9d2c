// Packs both programs, installs each tarball alone in an empty folder and starts it there, as its users do.
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { npm } from "./npm.ts";

const root = join(import.meta.dirname, "..");
const maxTarballBytes = 650_000;
const maxInstalledPackages = 1;

/** What is wrong with one package, in words; empty where nothing is. */
async function faultsOf(dir: string, tarball: string, folder: string): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(root, dir, "package.json"), "utf8"));
  const { name, version } = manifest;
  const faults: string[] = [];

  const tarballBytes = (await stat(tarball)).size;
  if (tarballBytes > maxTarballBytes)
    faults.push(`the tarball has ${tarballBytes} bytes, at most ${maxTarballBytes} expected`);
  const { messages, pkg } = await publint({ pack: { tarball: await bytesOf(tarball) }, strict: true });
  for (const message of messages) faults.push(formatMessage(message, pkg, { color: false }) ?? message.code);
  const licences = await Promise.all([dir, "."].map((at) => readFile(join(root, at, "LICENSE"), "utf8")));
  if (licences[0] !== licences[1]) faults.push("LICENSE differs from the repository's");

  await mkdir(folder);
  await npm(["install", "--prefix", folder, "--no-audit", "--no-fund", tarball], folder);
  const installed = (await readdir(join(folder, "node_modules"))).filter((entry) => !entry.startsWith("."));
  if (installed.length > maxInstalledPackages) faults.push(`installing it brings ${installed.join(", ")}`);
  for (const path of await readdir(join(folder, "node_modules", name))) {
    if (!["bin", "dist", "package.json", "README.md", "LICENSE"].includes(path)) faults.push(`it contains ${path}`);
  }
  const printed = await npm(["exec", "--offline", "--", name, "--version"], folder);
  if (!printed.includes(version)) faults.push(`--version printed ${JSON.stringify(printed)}, ${version} expected`);
  process.stdout.write(`${name} ${version}: ${Math.ceil(tarballBytes / 1000)} kB packed, ${faults.length} faults\n`);
  return faults.map((fault) => `${name}: ${fault}`);
}

async function bytesOf(path: string): Promise<ArrayBuffer> {
  return new Uint8Array(await readFile(path)).buffer;
}

const folder = await mkdtemp(join(tmpdir(), "pos-packages-"));
try {
  const packed = execFileSync(process.execPath, [join(root, "scripts", "pack.ts"), folder], { encoding: "utf8" });
  const [hub = "", client = ""] = packed.trim().split("\n");
  const faults = [
    ...(await faultsOf("packages/hub", hub, join(folder, "hub"))),
    ...(await faultsOf("packages/client", client, join(folder, "client"))),
  ];
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
