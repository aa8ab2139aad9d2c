import { chmodSync, chownSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Ended, endOf, startHub } from "../support/cli.ts";
import { filledDirectory } from "../support/filled-directory.ts";

/** A user who owns nothing. Only the superuser can be somebody else; others take their own permissions away. */
const STRANGER = 65_534;
const isSuperuser = process.getuid?.() === 0;

/** A closed directory with a chain in it. */
function closedDirectory(): string {
  const { directory, data } = filledDirectory(1);
  data.close();
  return directory;
}

/** A directory of the stranger's own, but for one file in it. */
function ownedBut(name: string): { directory: string; file: string } {
  const directory = closedDirectory();
  const file = join(directory, name);
  if (isSuperuser) {
    const names = readdirSync(directory).filter((other) => other !== name);
    for (const path of [directory, ...names.map((other) => join(directory, other))])
      chownSync(path, STRANGER, STRANGER);
  }
  close(file, 0o600);
  return { directory, file };
}

/** Keeps whoever runs `asStranger` from reading; what is taken away is given back after the test. */
function close(path: string, mode: number): void {
  chmodSync(path, isSuperuser ? mode : 0);
  onTestFinished(() => chmodSync(path, 0o700));
}

async function asStranger(...words: string[]): Promise<Ended> {
  return endOf(startHub(words, isSuperuser ? { uid: STRANGER } : {}));
}

const COMMANDS = [["info"], ["verify"], ["export"], ["backup", "copy"]];
const HINT = "run as the user whose it is, or choose another place with --data DIR";

describe.skipIf(process.platform === "win32")("what this user may not read is named with the reason, exit 1", () => {
  it.each(COMMANDS)("%s: the directory of another user, which is not taken for an empty one", async (...words) => {
    const directory = closedDirectory();
    close(directory, 0o700);
    expect(await asStranger(...words, "--data", directory)).toEqual({
      code: 1,
      stdout: [],
      stderr: [`pos-hub: cannot read ${join(directory, "chain.db")}: permission denied; ${HINT}`],
    });
  });

  it.each([
    ["verify", "genesis.json", ["verify"]],
    ["backup", "hub-key", ["backup", "copy"]],
    ["pos-hub itself", "genesis.json", ["--port", "0"]],
    ["pos-hub itself", "hub-key", ["--port", "0"]],
  ])("%s: %s in a directory of its own", async (_, name, words) => {
    const { directory, file } = ownedBut(name);
    expect(await asStranger(...words, "--data", directory)).toEqual({
      code: 1,
      stdout: [],
      stderr: [`pos-hub: cannot read ${file}: permission denied; ${HINT}`],
    });
  });

  it("pos-hub itself: the directory of another user", async () => {
    const directory = closedDirectory();
    close(directory, 0o700);
    expect(await asStranger("--port", "0", "--data", directory)).toEqual({
      code: 1,
      stdout: [],
      stderr: [
        `pos-hub: cannot use ${directory}: permission denied; choose another place with --data DIR, or --memory`,
      ],
    });
  });
});
