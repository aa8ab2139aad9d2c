import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";

/**
 * The names, versions and licences of all packages that ended up in a bundle, as their licences ask for.
 * `packageDir` is the folder that the paths in `metafile` count from.
 */
export async function thirdPartyNotices(packageDir: string, metafile: Metafile): Promise<string> {
  const dirs = new Set<string>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const input of Object.keys(inputs)) {
      const dir = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (dir !== undefined) dirs.add(dir);
    }
  }
  const notices = await Promise.all([...dirs].map((dir) => notice(join(packageDir, dir))));
  return ["This program contains the following packages.\n", ...[...new Set(notices)].sort()].join("\n");
}

async function notice(dir: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(dir, "package.json"), "utf8"));
  const licenceFile = (await readdir(dir)).find((file) => /^licen[cs]e/i.test(file));
  const text = licenceFile === undefined ? "" : `\n${(await readFile(join(dir, licenceFile), "utf8")).trim()}\n`;
  return `---- ${name} ${version} (${license})\n${text}`;
}
