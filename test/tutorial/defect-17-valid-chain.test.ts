// What the tutorial's program gets wrong, item 17: a proposal made on the old last block and queued across a draw is
// added without a check. With two validators proposing without pause one of six links was invalid.
import { expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { startValidator, type Validator } from "../support/validator.ts";

const ROUNDS = 20;

it("keeps a chain that verifies from genesis at every block, with two validators proposing without pause", async () => {
  const home = temporaryHome();
  const hub = await startHub({ home, round: "200ms", args: ["--max-message-rate", "1000000"] });
  const watcher = startClient(hub.url, { args: ["--spectate"] });
  await watcher.events.waitFor("connected");
  const two = [await startValidator(hub, 100), await startValidator(hub, 300)];

  const codes = (await Promise.all(two.map(proposeWithoutPause))).flat();

  // Proposals did cross the close: they were refused, not queued.
  expect(codes).toContain("ROUND_CLOSED");
  const { index } = (await hub.get("/api/status")) as { index: number };
  expect(index).toBeGreaterThan(ROUNDS / 2);
  await watcher.events.waitFor("block", (block) => block.index === index);
  const told = watcher.events.all("block");
  expect(told.map((block) => block.index)).toEqual(told.map((_, i) => i + 1));
  expect(told.filter(({ verified }) => verified === "links")).toEqual([]);
  expect(watcher.events.all("alarm")).toEqual([]);

  // Anybody who comes later sees the same: index and place agree, each link holds.
  const blocks = await hub.blocks();
  expect(blocks.map((block) => block.index)).toEqual(blocks.map((_, i) => i + 1));
  expect(blocks.map(({ prevHash }) => prevHash)).toEqual([hub.chainId, ...blocks.slice(0, -1).map(({ hash }) => hash)]);
  expect(await run("pos-client", ["verify", "--full", hub.url])).toMatchObject({ code: 0, stderr: "" });
  await hub.stop();
  expect(await run("pos-hub", ["verify"], { home })).toMatchObject({ code: 0, stderr: "" });
});

/** Sends the same proposal again and again, also after its round has closed; then one for the next round. */
async function proposeWithoutPause({ person, client }: Validator): Promise<readonly string[]> {
  const codes: string[] = [];
  const { round: first } = await client.openRound();
  for (let round = first; round < first + ROUNDS; round = (await client.openRound(round)).round) {
    const proposal = person.proposal(client.chainId, client.slot, 60 + (round % 40));
    for (let code = "accepted"; code === "accepted"; ) {
      const reply = await client.submit(proposal);
      code = reply.type === "error" ? reply.code : reply.type;
      codes.push(code);
    }
  }
  return codes;
}
