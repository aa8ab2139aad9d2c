// SIGINT, SIGTERM and SIGHUP end both programs cleanly (DESIGN §10): they say so last, and what they know is kept.
import { expect, it } from "vitest";
import { startClient } from "./support/client.ts";
import { startHub } from "./support/hub.ts";
import { Person } from "./support/person.ts";
import { temporaryHome } from "./support/temporary-home.ts";
import { startValidator } from "./support/validator.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

it.each(SIGNALS)("ends a hub on %s", async (signal) => {
  const hub = await startHub();
  expect((await hub.program.stop(signal)).code).toBe(0);
  expect(hub.events.all().at(-1)).toMatchObject({ event: "stopped", index: 0 });
});

it("says that a hub has stopped after it said of everybody that they left", async () => {
  const hub = await startHub();
  const names = ["anna", "ben", "eve", "zoe"];
  for (const name of names) await startValidator(hub, 100, new Person(name));
  expect((await hub.program.stop("SIGINT")).code).toBe(0);
  const last = hub.events.all().slice(-names.length - 1);
  expect(last.map(({ event }) => event)).toEqual([...names.map(() => "left"), "stopped"]);
});

it.each(SIGNALS)("ends a client on %s, which finds its identity and chain again", async (signal) => {
  const hub = await startHub({ round: "200ms" });
  const home = temporaryHome();
  const first = startClient(hub.url, { args: ["--stake", "100", "--bpm", "72"], home });
  const { index } = await first.events.waitFor("winner");
  const { stderr } = await first.program.stop(signal);
  expect(stderr).toBe("");
  expect(first.events.all().at(-1)).toMatchObject({ event: "stopped" });

  const again = startClient(hub.url, { args: ["--bpm", "72"], home });
  const connected = await again.events.waitFor("connected");
  expect(connected.index).toBeGreaterThanOrEqual(index);
  // It is the same validator, with its stake.
  expect(connected.address).toBe((await first.events.waitFor("connected")).address);
  await again.events.waitFor("winner", ({ you }) => you);
});
