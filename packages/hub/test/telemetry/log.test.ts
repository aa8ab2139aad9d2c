/** The hub's own log: JSON lines for programs, sentences for people (DESIGN §10). */
import { expect, test } from "vitest";
import { atLeast, createJsonLog, createPeopleLog } from "../../src/telemetry/log.ts";
import { logNews } from "../../src/telemetry/log-news.ts";
import { connectValidator, sealRounds } from "../gateway/support/client.ts";
import { Person } from "../gateway/support/person.ts";
import { startTestHub } from "../gateway/support/test-hub.ts";

const NOW_MS = Date.parse("2026-01-01T12:34:56.789Z");
const BLOCK = { index: 7, round: 9, hash: "ab", words: "maple otter candle", validator: "cd", name: "anna", bpm: 72 };

function write() {
  const lines: string[] = [];
  return {
    lines,
    json: createJsonLog(
      (line) => lines.push(line),
      () => NOW_MS,
    ),
  };
}

test("a JSON line has event, time and level first, then what belongs to the event", () => {
  const { lines, json } = write();
  json.event("block", BLOCK);
  expect(lines).toEqual([
    '{"event":"block","time":"2026-01-01T12:34:56.789Z","level":"info","index":7,"round":9,"hash":"ab","words":"maple otter candle","validator":"cd","name":"anna","bpm":72}',
  ]);
});

test("what matters less than asked for is not told", () => {
  const { lines, json } = write();
  const log = atLeast("warn", json);
  log.event("idle", { round: 1 });
  log.event("slashed", { address: "ab", name: "ben", kind: "bpm", amount: 1, round: 9 });
  log.event("failed", { what: "store", message: "STORE_FULL" });
  expect(lines.map((line) => JSON.parse(line)).map(({ event, level }) => [event, level])).toEqual([
    ["slashed", "warn"],
    ["failed", "error"],
  ]);
});

test("people read a sentence after the local time", () => {
  const lines: string[] = [];
  const people = createPeopleLog(
    (line) => lines.push(line),
    () => NOW_MS,
  );
  people.event("block", BLOCK);
  people.event("block", { ...BLOCK, validator: null, name: null, bpm: null });
  people.event("slashed", { address: "ab", name: "ben", kind: "equivocation", amount: 1, round: 9 });
  expect(lines.map((line) => line.replace(/^\d\d:34:56 {2}/, ""))).toEqual([
    "Block 7 (round 9): anna wins with 72 BPM.",
    "Block 7 (round 9): no winner, transactions recorded.",
    "ben was slashed for signing two different proposals for one round: 1 token burned.",
  ]);
});

test("no escape sequence, line break or direction mark of whatever origin reaches a terminal", () => {
  const lines: string[] = [];
  const people = createPeopleLog(
    (line) => lines.push(line),
    () => NOW_MS,
  );
  people.event("failed", { what: "a\u001b[31mb\nc\u202ed\u200b", message: "\u009bx" });
  expect(lines[0]).toMatch(/Failed: a\?\[31mb\?c\?d\?: \?x$/);
});

test("a session from joining to winning and being slashed is written down, and counted", async () => {
  const hub = await startTestHub();
  logNews(hub.port, { event: (name, fields) => hub.events.push({ name, fields } as never) }, hub.telemetry);
  const anna = new Person(hub, "anna");
  const client = await connectValidator(hub, anna, 100);
  await sealRounds(hub, client, anna, 1);
  await client.request({ type: "propose", proposal: anna.proposal(1.5) });
  const { address } = hub.port.factsOf(anna.publicKey) ?? {};
  const who = { address, name: "anna" };
  expect(hub.events.slice(1)).toMatchObject([
    { name: "joined", fields: { ...who, liquid: 1000 } },
    { name: "bonded", fields: { ...who, bonded: 100, activating: 0, liquid: 900 } },
    { name: "round", fields: { round: 1, validators: 1, stake: 100 } },
    { name: "proposal", fields: { ...who, round: 1, bpm: 72 } },
    { name: "block", fields: { index: 1, round: 1, validator: address, name: "anna", bpm: 72 } },
    { name: "round", fields: { round: 2 } },
    { name: "slashed", fields: { ...who, kind: "bpm", amount: 100, round: 2 } },
  ]);
  const metrics = await hub.telemetry.expose();
  expect(metrics).toMatch(/^pos_hub_proposals_total 1$/m);
  expect(metrics).toMatch(/^pos_hub_blocks_total 1$/m);
});
