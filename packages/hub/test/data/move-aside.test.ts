import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { dataFilesIn } from "../../src/data/data-files.ts";
import { moveAside } from "../../src/data/move-aside.ts";
import { createChainFile } from "../../src/store/create-chain.ts";
import { isContentDurable, isNameDurable, lastOf } from "../support/recorded-calls.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { testGenesis } from "../support/test-chain.ts";

// Hoisted above the imports, so that it has one of its own.
vi.mock(import("node:fs"), async (original) => {
  const { recording } = await import("../support/recorded-calls.ts");
  return recording(await original());
});

test.skipIf(process.platform === "win32")(
  "the key of a network that is moved aside is durable there before it goes",
  () => {
    const files = dataFilesIn(temporaryDirectory());
    createChainFile(files.chain, testGenesis());
    writeFileSync(files.key, "secret\n", { mode: 0o600 });
    const place = moveAside(files, 0);
    if (place === undefined) throw new Error("nothing was moved");

    const key = join(place, "hub-key");
    expect(isContentDurable(key)).toBe(true);
    expect(isNameDurable(key)).toBe(true);
    expect(lastOf("remove", files.key)).toBeGreaterThan(lastOf("sync", key));
  },
);
