// What stands in bin/ is all that an unsuitable Node, or a repository that is not built, gets to run (DESIGN §11).
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

type Ended = { code: number; stdout: string; stderr: string };
function run(...args: string[]): Promise<Ended> {
  // Nothing of what is started here is worth keeping.
  return runWith({ NODE_DISABLE_COMPILE_CACHE: "1" }, ...args);
}

function runWith(variables: Record<string, string>, ...args: string[]): Promise<Ended> {
  const env = { ...process.env, ...variables };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? 1, stdout, stderr }),
    );
  });
}

/** A module that makes this Node say it is another, before the program starts. */
const pretending = (version: string) => {
  const code = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });
    Object.defineProperty(process, "version", { value: "v${version}" });`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
};

describe.each(["hub", "client"])("bin/pos-%s.js", (name) => {
  let dir: string;
  const bin = () => join(dir, "bin", `pos-${name}.js`);
  const builtAs = async (code: string) => {
    await mkdir(join(dir, "dist"));
    await writeFile(join(dir, "dist", "main.js"), code);
  };

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "pos-start-"));
    await cp(join(root, "packages", name, "bin"), join(dir, "bin"), { recursive: true });
    await writeFile(join(dir, "package.json"), '{ "type": "module" }');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it.each(["20.20.2", "22.12.0", "14.21.3"])("says on Node %s which one it needs, in one line", async (version) => {
    await builtAs('process.stdout.write("started")');
    expect(await run(pretending(version), bin())).toEqual({
      code: 1,
      stdout: "",
      stderr: `pos-${name} needs Node.js 22.13 or newer, and this is v${version}: get one from https://nodejs.org/\n`,
    });
  });

  it.each(["22.13.0", "23.0.0", "24.1.0"])("starts on Node %s", async (version) => {
    await builtAs('process.stdout.write("started")');
    expect(await run(pretending(version), bin())).toEqual({ code: 0, stdout: "started", stderr: "" });
  });

  it("says in one line that it is not built", async () => {
    expect(await run(bin())).toEqual({
      code: 1,
      stdout: "",
      stderr: `pos-${name} is not built yet: run \`npm run build\` in its repository\n`,
    });
  });

  it("says in one line why it could not start", async () => {
    await builtAs('throw new Error("no such thing\\nand more")');
    const { code, stderr } = await run(bin());
    expect({ code, stderr }).toEqual({ code: 1, stderr: `pos-${name} could not start: no such thing\n` });
  });

  it("filters the warning that SQLite is new, and no other", async () => {
    await builtAs(`process.emitWarning("SQLite is an experimental feature and might change at any time", "ExperimentalWarning");
      process.emitWarning("something else", "ExperimentalWarning");`);
    const { stderr } = await run(bin());
    expect(stderr).not.toContain("SQLite");
    expect(stderr).toContain("ExperimentalWarning: something else");
  });

  it("keeps what was compiled in the user's cache", async () => {
    await builtAs('process.stdout.write("started")');
    const cache = join(dir, "cache");
    expect(await runWith({ XDG_CACHE_HOME: cache }, bin())).toEqual({ code: 0, stdout: "started", stderr: "" });
    const [version = ""] = await readdir(join(cache, `pos-${name}`));
    expect(version).toContain(process.version);
    expect(await readdir(join(cache, `pos-${name}`, version))).not.toEqual([]);
  });

  it("starts where nothing can be kept", async () => {
    await builtAs('process.stdout.write("started")');
    const file = join(dir, "no-folder");
    await writeFile(file, "");
    expect(await runWith({ XDG_CACHE_HOME: file }, bin())).toEqual({ code: 0, stdout: "started", stderr: "" });
  });

  it("is the same for both programs but for the name", async () => {
    const [hub, client] = await Promise.all(
      ["hub", "client"].map((each) => readFile(join(root, "packages", each, "bin", `pos-${each}.js`), "utf8")),
    );
    expect(client).toBe(hub?.replaceAll("pos-hub", "pos-client"));
  });
});
