import { statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dataFilesIn } from "../../src/data/data-files.ts";
import { isLocked } from "../../src/data/directory-lock.ts";
import { openStoredNetwork } from "../../src/data/stored-network.ts";
import { verifyChain } from "../../src/data/verify-chain.ts";
import { SCHEMA_VERSION } from "../../src/store/schema.ts";
import { type Child, startChild } from "../support/child.ts";
import { posHub } from "../support/cli.ts";
import { dataConfig, opened } from "../support/data-config.ts";
import { olderDirectory, proposalsIn } from "../support/older-directory.ts";
import { contentOf, digestOf } from "../support/older-store.ts";

/** A process that stands still at a place within the upgrade of a directory. */
async function stoppedAt(place: string, directory: string): Promise<Child> {
  const child = startChild("upgrading-child.ts", [directory, place]);
  await child.untilLines(1);
  expect(child.lines).toEqual(["stopped"]);
  return child;
}

/** What the commands that only look find in a directory. */
function look(directory: string): void {
  const stored = openStoredNetwork(directory);
  if (!stored.ok) throw new Error(JSON.stringify(stored.error));
  const { network, reader, close } = stored.value;
  const verified = verifyChain(network, reader, () => {});
  close();
  expect(verified).toMatchObject({ ok: true, value: { full: 2, replica: 0, accounts: 2 } });
}

describe("kill -9 while an older store is brought up to date", () => {
  it.each([
    [2, "before anything is on the disk", "CREATE INDEX", 0],
    [2, "in the midst of the copy", "arrival 3500", 1],
    [1, "in the midst of the copy", "arrival 3500", 1],
    [2, "with both copies there", "DROP TABLE", 1],
    [1, "before the version is written", "PRAGMA user_version", 1],
  ] as const)(
    "from version %i, %s: the old one is whole, and the next start finishes it",
    async (version, _, place, leastLogBytes) => {
      const { directory, chain, state, before } = olderDirectory(version);
      const child = await stoppedAt(place, directory);
      expect(statSync(`${chain}-wal`).size).toBeGreaterThanOrEqual(leastLogBytes);
      child.process.kill("SIGKILL");
      expect(await child.ended).toMatchObject({ signal: "SIGKILL" });

      expect(isLocked(dataFilesIn(directory))).toBe(false);
      expect(contentOf(chain)).toEqual(before);
      look(directory);
      expect(contentOf(chain)).toEqual(before);

      const data = opened(dataConfig(directory));
      expect(data.store.load()).toEqual(state);
      data.close();
      const after = contentOf(chain);
      expect(after.version).toBe(SCHEMA_VERSION);
      const others = ["accounts", "blocks", "state", "waiting", "wins"];
      expect(Object.keys(after.tables).sort()).toEqual([...others, "commits", "proposals"].sort());
      expect(proposalsIn(after)).toEqual(proposalsIn(before));
      for (const table of others) expect(after.tables[table]).toEqual(before.tables[table]);
      look(directory);
    },
  );
});

describe("while one hub brings a directory up to date", () => {
  it("a second is refused before it touches anything", async () => {
    const { directory, chain, before } = olderDirectory(2);
    const first = await stoppedAt("DROP TABLE", directory);
    const { holder } = dataFilesIn(directory);
    const files = [chain, `${chain}-wal`, holder];
    const digests = files.map(digestOf);
    expect(await posHub("--port", "0", "--data", directory)).toEqual({
      code: 1,
      stdout: [],
      stderr: [
        expect.stringMatching(`^pos-hub: another hub \\(process ${first.process.pid} on .*\\) uses ${directory}; `),
      ],
    });
    expect(files.map(digestOf)).toEqual(digests);
    expect(contentOf(chain)).toEqual(before);
  });
});
