// Two people compare what a hub has shown them: by files, by asking it, and by what a restart brings.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startClient } from "../support/client.ts";
import { confirmElsewhere } from "../support/evil-run.ts";
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

test("clients of a forked hub find that they were not, with evidence that anybody confirms", async () => {
  const hub = await startHub({ round: "500ms", args: ["--evil", "fork", "--evil-seed", "3"] });
  const homes = [temporaryHome(), temporaryHome()] as const;
  const clients = homes.map((home, i) =>
    startClient(hub.url, { home, args: ["--stake", "100", "--bpm", `${70 + i}`] }),
  );
  const { round } = await hub.events.waitFor("evil");
  for (const { events } of clients) await events.waitFor("block", (block) => block.round > round);
  const [mine, theirs] = homes;
  const compared = await run("pos-client", ["compare", await tipsOf(theirs, hub.chainId), "--json"], { home: mine });
  expect(compared.code).toBe(1);
  const { result, evidence, own, other } = JSON.parse(compared.stdout);
  expect(result).toBe("different");
  expect(own.words).not.toBe(other.words);
  expect((await confirmElsewhere(evidence)).evidence).toMatchObject({ rule: "blocks", proven: true });
});

test("a client that comes back to the other half of a forked hub has its proof", async () => {
  const hub = await startHub({ round: "500ms", args: ["--evil", "fork", "--evil-seed", "5"] });
  const home = temporaryHome();
  const args = ["--stake", "100", "--name", "anna", "--bpm", "70"];
  let mine = startClient(hub.url, { home, args });
  startClient(hub.url, { args: ["--stake", "100", "--bpm", "71"] });
  const { round } = await hub.events.waitFor("evil");
  await mine.events.waitFor("block", (block) => block.round > round + 1);
  // Every other connection is led to the other half.
  for (let tries = 1; ; tries++) {
    await mine.program.stop("SIGTERM");
    mine = startClient(hub.url, { home, args });
    const first = await Promise.race([mine.events.waitFor("alarm"), mine.events.waitFor("block")]);
    if (first.event === "alarm") {
      expect(first).toMatchObject({ code: "blocks", proven: true });
      expect((await confirmElsewhere(first.evidence)).evidence).toMatchObject({ rule: "blocks", proven: true });
      return;
    }
    expect(tries).toBeLessThan(5);
  }
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
