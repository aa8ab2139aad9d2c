// Once a hub was seen to have cheated it is no longer followed: nothing is sent to it, and who gives BPMs in a script learns it.
import { expect, test } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { run } from "../support/run.ts";

test("a client that reads BPMs ends with exit 1 and says why, and one that comes later does not even join", async () => {
  const hub = await startHub({ round: "400ms", args: ["--evil", "ledger", "--evil-seed", "2"] });
  const watcher = startClient(hub.url, { args: ["--spectate"] });
  const input = "72\n".repeat(20);
  const { code, stderr, stdout } = await run("pos-client", ["--hub", hub.url, "--stake", "100"], { input });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^pos-client: the hub has cheated at block \d+: proven \(ledgerRoot\)\n$/);
  expect(stdout).toMatch(
    /ALARM: the hub has cheated at block \d+: proven \(ledgerRoot\)\. The hub said: .+ Evidence: \//,
  );

  await watcher.events.waitFor("alarm");
  const late = await run("pos-client", ["--hub", hub.url, "--stake", "100", "--json"], { input });
  expect(late.code).toBe(1);
  const events = late.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).event);
  expect(events).toContain("alarm");
  expect(events).not.toContain("joined");
  expect(events).not.toContain("staked");
});
