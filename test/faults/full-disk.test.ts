/** A disk without room: the hub says so, acknowledges nothing that it cannot keep, and goes on when there is room. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { audit } from "../support/audit.ts";
import { figure } from "../support/form.ts";
import { startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { fillDisk, smallDisk } from "../support/small-disk.ts";
import { connectAs } from "../support/validator.ts";
import { Witness } from "../support/witness.ts";

test("real ENOSPC: STORE_FAILED instead of a receipt, /healthz fails, and all goes on once there is room", async (context) => {
  const home = smallDisk(4);
  if (home === undefined) {
    figure("disk: skipped, as this user may not mount a small file system");
    return context.skip();
  }
  const hub = await startHub({ home, round: "500ms" });
  const witness = new Witness(() => hub.url);
  const running = witness.run();
  await hub.events.waitFor("block", ({ index }) => index >= 3);

  const makeRoom = fillDisk(home);
  const { what, code, message } = await hub.events.waitFor("failed");
  expect({ what, code }).toEqual({ what: "store", code: "STORE_FULL" });
  expect(message).toBe(`${join(home, "data", "pos-hub", "chain.db")} cannot grow: the disk is full; make room`);
  // Reading still works, and who asks for something new is told that it is not kept.
  const person = new Person();
  const client = await connectAs(hub, person);
  const refused = await client.transact(person, { type: "join", name: person.name, grant: 1_000 });
  expect(refused).toMatchObject({ type: "error", code: "STORE_FAILED" });
  await expect.poll(async () => (await fetch(`${hub.http}/healthz`)).status, { timeout: 20_000 }).toBe(503);
  const acknowledged = witness.proposals.length + witness.transactions.length;

  makeRoom();
  const mended = await hub.events.waitFor("mended");
  // Said when it began, and not for each try: once a minute as long as it lasts.
  expect(hub.events.all("failed").length).toBeLessThanOrEqual(1 + Math.floor(mended.seconds / 60));
  expect(await client.transact(person, { type: "join", name: person.name, grant: 1_000 })).toMatchObject({
    type: "receipted",
  });
  const { lastRound } = witness;
  const { round } = await hub.events.waitFor("proposal", (event) => event.round > lastRound);
  await hub.events.waitFor("block", (block) => block.round >= round);
  expect((await fetch(`${hub.http}/healthz`)).status).toBe(200);
  witness.stop();
  await running;
  await hub.events.waitFor("round", (event) => event.round > witness.lastRound);

  // And what it kept is what a new process finds.
  await hub.kill();
  const again = await startHub({ home, round: "500ms" });
  await again.events.waitFor("round");
  const { wrong, blocks } = await audit(again, [witness]);
  expect(wrong).toEqual([]);
  figure(
    `disk: full (ENOSPC) and freed, ${acknowledged} acknowledgements before it and ${blocks.length} blocks kept, 0 lost`,
  );
});
