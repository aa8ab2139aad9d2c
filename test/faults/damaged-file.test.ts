/** A torn or overwritten database: said plainly at the start, `verify` names the block, nothing is repaired away. */
import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startClient } from "../support/client.ts";
import { figure } from "../support/form.ts";
import { startHub } from "../support/hub.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const PAGE_BYTES = 4_096;

interface Stopped {
  readonly home: string;
  readonly chain: string;
}

/** A data directory with some blocks, whose hub was killed or stopped. */
async function stoppedHub(how: "kill" | "stop", blocks: number): Promise<Stopped> {
  const home = temporaryHome();
  const hub = await startHub({ home, round: "200ms" });
  const anna = startClient(hub.url, { args: ["--bots", "3", "--auto-bpm", "--stake", "10"] });
  await hub.events.waitFor("block", (block) => block.index >= blocks);
  await anna.program.stop();
  await hub[how]();
  return { home, chain: join(home, "data", "pos-hub", "chain.db") };
}

/** Overwrites bytes where a text stands in a file. Says whether it was there. */
function damage(file: string, text: string): boolean {
  const descriptor = openSync(file, "r+");
  try {
    const bytes = Buffer.alloc(fstatSync(descriptor).size);
    readSync(descriptor, bytes, 0, bytes.length, 0);
    const at = bytes.indexOf(text);
    if (at >= 0) writeSync(descriptor, Buffer.from("~".repeat(40)), 0, 40, at + text.length);
    return at >= 0;
  } finally {
    closeSync(descriptor);
  }
}

test("bytes overwritten in an old block: `verify` names it, exit 1, and the file stays as it is", async () => {
  const { home, chain } = await stoppedHub("stop", 6);
  expect((await run("pos-hub", ["verify"], { home })).code).toBe(0);
  expect(damage(chain, '"index":3,"ledgerRoot":')).toBe(true);
  const before = readFileSync(chain);
  const verified = await run("pos-hub", ["verify"], { home });
  expect(verified.code).toBe(1);
  expect(verified.stderr).toMatch(/block 3\b/);
  expect(verified.stderr.trim().split("\n")).toHaveLength(1);
  expect(readFileSync(chain)).toEqual(before);
});

test("bytes overwritten in the last block: the hub does not start, and says which one", async () => {
  const { home, chain } = await stoppedHub("stop", 4);
  const tip = JSON.parse((await run("pos-hub", ["info", "--json"], { home })).stdout).tip.index;
  expect(damage(chain, `"index":${tip},"ledgerRoot":`)).toBe(true);
  const started = await run("pos-hub", ["--port", "0"], { home });
  expect(started.code).toBe(1);
  expect(started.stderr).toMatch(new RegExp(`block ${tip}\\b`));
  expect(started.stderr.trim().split("\n")).toHaveLength(1);
});

test("pages overwritten throughout: said at the start and by `verify`, in one line, exit 1", async () => {
  const { home, chain } = await stoppedHub("stop", 4);
  const descriptor = openSync(chain, "r+");
  for (let at = PAGE_BYTES; at < fstatSync(descriptor).size; at += PAGE_BYTES) {
    writeSync(descriptor, Buffer.alloc(PAGE_BYTES, 0xa5), 0, PAGE_BYTES, at);
  }
  closeSync(descriptor);
  const before = readFileSync(chain);
  for (const args of [["--port", "0"], ["verify"]]) {
    const ended = await run("pos-hub", args, { home });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/damaged/);
    expect(ended.stderr.trim().split("\n")).toHaveLength(1);
  }
  expect(readFileSync(chain)).toEqual(before);
});

test("a file cut off in the middle: said at the start and by `verify`", async () => {
  const { home, chain } = await stoppedHub("stop", 6);
  truncateSync(chain, 5 * PAGE_BYTES + 100);
  for (const args of [["--port", "0"], ["verify"]]) {
    const ended = await run("pos-hub", args, { home });
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/damaged/) });
  }
});

test("a log cut off at any place after kill -9: the hub does not start, `verify` names the first block that is gone", async () => {
  const { home, chain } = await stoppedHub("kill", 8);
  const log = `${chain}-wal`;
  expect(existsSync(log)).toBe(true);
  const whole = readFileSync(chain);
  const bytes = readFileSync(log).length;
  copyFileSync(log, `${log}.whole`);
  const outcomes: string[] = [];
  for (const share of [0.999, 0.8, 0.5, 0.2, 0.01]) {
    const other = temporaryHome();
    cpSync(join(home, "data"), join(other, "data"), { recursive: true });
    const copy = join(other, "data", "pos-hub", "chain.db");
    writeFileSync(copy, whole);
    copyFileSync(`${log}.whole`, `${copy}-wal`);
    rmSync(`${copy}-shm`, { force: true });
    truncateSync(`${copy}-wal`, Math.floor(bytes * share));
    const verified = await run("pos-hub", ["verify", "--json"], { home: other });
    expect(verified.code).toBe(1);
    expect(verified.stderr.trim().split("\n")).toHaveLength(1);
    outcomes.push(/block \d+/.exec(verified.stderr)?.[0] ?? verified.stderr);
    const started = await run("pos-hub", ["--port", "0"], { home: other });
    expect(started).toMatchObject({ code: 1, stderr: expect.stringMatching(/damaged|lacks/) });
  }
  expect(outcomes.every((outcome) => outcome.startsWith("block "))).toBe(true);
  figure(`damage: log of ${bytes} bytes cut off at 5 places, noticed each time: ${outcomes.join(", ")} gone`);
});
