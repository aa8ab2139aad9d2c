import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dataFilesIn } from "../../src/data/data-files.ts";
import { isLocked } from "../../src/data/directory-lock.ts";
import { type Child, startChild } from "../support/child.ts";
import { dataConfig, dataDirectory, faultOf, opened } from "../support/data-config.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

/** Real processes that have all started up, and are told to go at the same moment; with what each then says. */
async function startTogether(count: number, directory: string): Promise<Child[]> {
  const children = Array.from({ length: count }, () => startChild("locking-child.ts", [directory]));
  await Promise.all(children.map((child) => child.untilLines(1)));
  for (const { process: child } of children) child.stdin?.write("go\n");
  await Promise.all(children.map((child) => child.untilLines(2)));
  return children;
}

function isHolder({ lines }: Child): boolean {
  return lines[1]?.startsWith("held ") === true;
}

describe("a data directory has one hub at a time", () => {
  it.each([1, 2, 3])("of six that start at once on a new directory one gets it, try %i", async () => {
    const directory = join(temporaryDirectory(), "hub");
    const children = await startTogether(6, directory);
    const [holder, ...others] = children.filter(isHolder);
    expect(others).toEqual([]);
    const told = children.filter((child) => child !== holder).map(({ lines }) => JSON.parse(lines[1] ?? ""));
    for (const fault of told) expect(fault).toMatchObject({ code: "DATA_IN_USE", directory });
  });

  it("the second is told who has it, and gets it after a clean end", async () => {
    const { directory, chainId } = dataDirectory();
    const [first] = await startTogether(1, directory);
    expect(faultOf(dataConfig(directory))).toMatchObject({
      code: "DATA_IN_USE",
      directory,
      holder: { host: hostname(), pid: first?.process.pid },
    });
    expect(isLocked(dataFilesIn(directory))).toBe(true);
    first?.process.stdin?.end();
    expect(await first?.ended).toMatchObject({ code: 0 });
    expect(isLocked(dataFilesIn(directory))).toBe(false);
    expect(existsSync(dataFilesIn(directory).holder)).toBe(false);
    const data = opened(dataConfig(directory));
    expect(data.network.chainId).toBe(chainId);
    data.close();
  });

  it("what a killed one had is taken over, by one of several", async () => {
    const directory = join(temporaryDirectory(), "hub");
    const [first] = await startTogether(1, directory);
    first?.process.kill("SIGKILL");
    await first?.ended;
    expect(isLocked(dataFilesIn(directory))).toBe(false);
    // It could not clean up, and its word about itself does not bind anybody.
    expect(existsSync(dataFilesIn(directory).holder)).toBe(true);
    const next = await startTogether(4, directory);
    const holders = next.filter(isHolder);
    expect(holders).toHaveLength(1);
    expect(holders[0]?.lines[1]).toBe(first?.lines[1]);
  });

  it("in one process too", () => {
    const { directory } = dataDirectory();
    const data = opened(dataConfig(directory));
    expect(faultOf(dataConfig(directory))).toMatchObject({ code: "DATA_IN_USE", holder: { pid: process.pid } });
    data.close();
    opened(dataConfig(directory)).close();
  });
});
