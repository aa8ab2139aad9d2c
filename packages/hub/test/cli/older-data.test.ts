import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { posHub } from "../support/cli.ts";
import { olderDirectory } from "../support/older-directory.ts";
import { changeStore, contentOf, digestOf } from "../support/older-store.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** Starts `pos-hub` where no file may grow beyond so many blocks (512 bytes, 1 KiB in some shells). */
function startLimited(blocks: number, directory: string): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const words = [process.execPath, "--disable-warning=ExperimentalWarning", MAIN, "--port", "0", "--data", directory];
  return new Promise((resolve) => {
    execFile("sh", ["-c", `ulimit -f ${blocks}; exec "$@"`, "sh", ...words], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe("a hub that starts on data of another version says in one line why it cannot, exit 1", () => {
  it.skipIf(process.platform === "win32")(
    "where the system lets it write no more in the midst of the upgrade",
    async () => {
      const { directory, chain, before } = olderDirectory(2);
      const digest = digestOf(chain);
      expect(await startLimited(1_000, directory)).toEqual({
        code: 1,
        stdout: "",
        stderr: expect.stringMatching(
          /^pos-hub: .*chain\.db is brought up to date: .*\npos-hub: .*chain\.db cannot be brought up to date: it takes about \d\.\d MB of room until it is done, and the system refused to write \(disk I\/O error\); make room, .*, and start again\. It is as it was\n$/,
        ),
      });
      expect(digestOf(chain)).toBe(digest);
      expect(contentOf(chain)).toEqual(before);
    },
  );

  it.each([
    [
      "damaged",
      "UPDATE proposals SET json = 'no JSON' WHERE arrival = 1",
      /^pos-hub: .*chain\.db is damaged: proposal 1 of round 1 \(expected JSON text, got something else\); pos-hub verify names the first bad block, a backup or --fresh helps$/,
    ],
    [
      "without a column",
      "ALTER TABLE proposals DROP COLUMN receipt",
      /^pos-hub: .*chain\.db is damaged: no such column: receipt; /,
    ],
    [
      "of a newer version",
      "PRAGMA user_version = 4",
      /^pos-hub: .*chain\.db was written by a newer pos-hub \(expected 3, got 4\); update this one$/,
    ],
  ])("%s", async (_, sql, sentence) => {
    const { directory, chain } = olderDirectory(2, 1);
    changeStore(chain, sql);
    const digest = digestOf(chain);
    expect(await posHub("--port", "0", "--data", directory)).toEqual({
      code: 1,
      stdout: [],
      stderr: [expect.stringMatching(sentence)],
    });
    expect(digestOf(chain)).toBe(digest);
  });
});
