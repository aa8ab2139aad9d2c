/** Data of an earlier version on a disk without the room to bring it up to date: what its operator reads, and does. */
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SCHEMA_VERSION } from "../../packages/hub/src/store/schema.ts";
import { olderDirectory } from "../../packages/hub/test/support/older-directory.ts";
import { contentOf, digestOf } from "../../packages/hub/test/support/older-store.ts";
import { figure } from "../support/form.ts";
import { startHub } from "../support/hub.ts";
import { run } from "../support/run.ts";
import { fillDisk, smallDisk } from "../support/small-disk.ts";

test("real want of room: one line says how much is needed, the data is as it was, and with room it goes on", async (context) => {
  const home = smallDisk(8);
  if (home === undefined) {
    figure("disk: upgrade skipped, as this user may not mount a small file system");
    return context.skip();
  }
  const older = olderDirectory(2, 2_000);
  const directory = join(home, "data", "pos-hub");
  cpSync(older.directory, directory, { recursive: true });
  const chain = join(directory, "chain.db");
  const digest = digestOf(chain);
  const files = () => readdirSync(directory).filter((name) => !/-(wal|shm)$/.test(name));
  const filesBefore = files();
  const start = () => run("pos-hub", ["--port", "0"], { home });

  const room = String.raw`about \d\.\d MB of room until it is done`;
  const cases = [
    // Not even a word about who holds the directory.
    [
      0,
      /^pos-hub: cannot use .*: the disk is full; make room, or choose another place with --data DIR, or --memory\n$/,
    ],
    // Not enough for SQLite to open it.
    [8_192, /^pos-hub: .*chain\.db cannot be written: .*; see whether the disk or this user's share of it is full/],
    [
      1_048_576,
      RegExp(
        `^pos-hub: ${chain} cannot be brought up to date: it takes ${room}, and 1\\.0 MB are free; make room, or move its directory to a larger disk \\(--data DIR\\), and start again\\. It is as it was\n$`,
      ),
    ],
  ] as const;
  for (const [leftBytes, sentence] of cases) {
    for (const ending of ["-wal", "-shm"]) rmSync(chain + ending, { force: true });
    const makeRoom = fillDisk(home, leftBytes);
    const refused = await start();
    expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(sentence) });
    expect(refused.stderr.trim().split("\n")).toHaveLength(1);
    makeRoom();
    expect(digestOf(chain)).toBe(digest);
    expect(contentOf(chain)).toEqual(older.before);
    expect(files()).toEqual(filesBefore);
  }

  const hub = await startHub({ home });
  await hub.events.waitFor("block", ({ index }) => index > 2);
  await hub.stop();
  expect(hub.program.stderr).toMatch(/chain\.db is brought up to date: /);
  expect(existsSync(`${chain}-wal`)).toBe(false);
  expect(contentOf(chain)).toMatchObject({ version: SCHEMA_VERSION });
  expect((await run("pos-hub", ["verify"], { home })).code).toBe(0);
  figure("disk: an upgrade without room refused in one line at three sizes, data as it was each time");
});
