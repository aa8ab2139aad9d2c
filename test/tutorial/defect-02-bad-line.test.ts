// What the tutorial's program gets wrong, item 2: one bad BPM removes its validator, then makes a block with BPM 0 for
// it, and the next draw ends the server for everybody.
import type { Block } from "pos-shared/model/block.ts";
import { expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { refusals } from "../support/metrics.ts";
import { connect, refusal, sealRound, startValidator } from "../support/validator.ts";

/** All that the tutorial's program takes for no number, and some that others would take for one. */
const NO_NUMBERS = ["abc", "", "   ", "12.5", "1e2", "0x48", "72 73", "٧٢", "9223372036854775808", "+", "-", "NaN"];

it("refuses each bad line that is typed, and records the good one after them", async () => {
  const hub = await startHub();
  const { program, events, type } = startClient(hub.url, { args: ["--stake", "100"] });
  await events.waitFor("staked");
  for (const line of NO_NUMBERS) type(line);
  type("72");
  await events.waitFor("winner", ({ you, bpm }) => you && bpm === 72);

  const rejected = events.all("rejected").filter(({ code }) => code !== "ROUND_CLOSED");
  expect(rejected.map(({ bpm }) => String(bpm))).toEqual(NO_NUMBERS.map((line) => line.trim()));
  for (const { message } of rejected) expect(message).toContain("whole number");
  // The stake is as it was, and the client goes on.
  expect(await hub.get("/api/validators")).toMatchObject({ validators: [{ bonded: 100, tombstoned: false }] });
  type("61");
  await events.waitFor("winner", ({ you, bpm }) => you && bpm === 61);
  const bpms = (await hub.blocks()).map(({ bpm }) => bpm).filter((bpm) => bpm !== null);
  expect(bpms).toEqual([72, 61]);
  program.endInput();
  expect((await program.ended).code).toBe(0);
});

it("survives a bad BPM that is signed and sent all the same: no block comes of it, and others are drawn", async () => {
  const hub = await startHub();
  const { person, client } = await startValidator(hub, 100);
  // Alone, as in the original's crash: nobody else is there whose proposal could be drawn.
  expect(refusal(await client.propose(person, "abc"))).toMatchObject({ code: "POLLUTED_BPM" });
  const recorded = (await client.push("block", ({ block }) => JSON.stringify(block).includes('"slash"')))
    .block as Block;
  expect(recorded).toMatchObject({ validator: null, bpm: null, proposalCount: 0 });
  // Nobody has a stake any more: the network waits, and the next stake wakes it.
  await client.push("idle");
  const anna = await startValidator(hub, 100);
  expect((await sealRound([anna])).validator).toBe(anna.person.address);
});

it("counts and answers lines that are no messages at all, on one connection after the other", async () => {
  const hub = await startHub();
  const anna = await startValidator(hub);
  for (const line of ["abc", "100\n72\n", "{", "\u0000", "GET / HTTP/1.1\r\n\r\n"]) {
    const client = await connect(hub);
    client.ws.send(line);
    expect(await client.closed).toEqual({ status: 1007, reason: "NOT_JSON" });
  }
  expect(refusals(await hub.metrics(), "NOT_JSON")).toBe(5);
  expect((await sealRound([anna])).validator).toBe(anna.person.address);
});
