import { join } from "node:path";
import { expect, test } from "vitest";
import { createChainFile } from "../../src/store/create-chain.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { startChild } from "../support/child.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { testGenesis } from "../support/test-chain.ts";

test.each([5, 18, 30])("kill -9 after %i commits loses nothing that a commit had returned for", async (commits) => {
  const path = join(temporaryDirectory(), "chain.db");
  createChainFile(path, testGenesis());
  const child = startChild("committing-child.ts", [path]);
  await child.untilLines(commits);
  child.process.kill("SIGKILL");
  expect(await child.ended).toMatchObject({ signal: "SIGKILL" });

  const [index = 0, proposals = 0] = (child.lines.at(-1) ?? "").split(" ").map(Number);
  const store = openSqliteStore(path);
  const loaded = store.load();
  store.close();
  const kept = { index: loaded.block?.index ?? 0, proposals: loaded.proposals.length };
  // One more commit may have got through than was told of.
  const isNewer = kept.index > index || (kept.index === index && kept.proposals >= proposals);
  expect({ isNewer, kept, told: { index, proposals } }).toMatchObject({ isNewer: true });
});
