// Two people compare what a hub has shown them: by files, by asking it, and by what a restart brings.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";

/** What `pos-client compare` of a home prints, in a file for somebody else. */
async function tipsOf(home: string, chainId: string): Promise<string> {
  const { code, stdout, stderr } = await run("pos-client", ["compare", "--chain", chainId], { home });
  expect(code, stderr).toBe(0);
  const file = join(temporaryHome(), "tips.json");
  writeFileSync(file, stdout);
  return file;
}

test("clients of an honest hub find that they were shown the same", async () => {
  const hub = await startHub();
  const homes = [temporaryHome(), temporaryHome()] as const;
  const clients = homes.map((home, i) =>
    startClient(hub.url, { home, args: ["--stake", "100", "--bpm", `${70 + i}`] }),
  );
  for (const { events } of clients) await events.waitFor("block", ({ index }) => index === 3);
  const [mine, theirs] = homes;
  const compared = await run("pos-client", ["compare", await tipsOf(theirs, hub.chainId)], { home: mine });
  expect(compared).toMatchObject({
    code: 0,
    stderr: "",
    stdout: expect.stringMatching(/^same: block \d+ is \w+ \w+ \w+ \([0-9a-f]{64}\) in both\n$/),
  });
  const asked = await run("pos-client", ["compare", hub.url, "--json", "--once"], { home: mine });
  expect(JSON.parse(asked.stdout)).toMatchObject({ result: "same", evidence: null });
  expect(asked.code).toBe(0);
});

test("blocks that the hub did not seal say nothing, whatever somebody puts into a file", async () => {
  const hub = await startHub();
  const home = temporaryHome();
  const { events } = startClient(hub.url, { home, args: ["--stake", "100", "--bpm", "70"] });
  await events.waitFor("block", ({ index }) => index === 2);
  const file = await tipsOf(home, hub.chainId);
  const { tips, ...rest } = JSON.parse(readFileSync(file, "utf8"));
  const forged = tips.map((tip: { block: object }) => ({ ...tip, block: { ...tip.block, hash: "ab".repeat(32) } }));
  writeFileSync(file, JSON.stringify({ ...rest, tips: forged }));
  const compared = await run("pos-client", ["compare", file, "--json"], { home });
  expect(compared.code).toBe(1);
  expect(JSON.parse(compared.stdout)).toMatchObject({ result: "unknown", evidence: null });
});

test.each([
  [["compare", "no-such-file.json"], /there is no file no-such-file\.json/],
  [["compare", "."], /cannot be read/],
  [["compare"], /nothing was verified here yet/],
  [["evidence"], /evidence needs more: submit FILE/],
  [["evidence", "submti", "x"], /did you mean submit/],
  [["evidence", "submit", "no-such-file.json"], /cannot be read/],
])("%j is answered in one line that names the cause", async (args, expected) => {
  const { code, stdout, stderr } = await run("pos-client", args);
  expect(code).toBeGreaterThan(0);
  expect(stdout).toBe("");
  expect(stderr).toMatch(expected);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
