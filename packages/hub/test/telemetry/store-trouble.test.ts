/** What the operator reads while the store refuses what it is given (DESIGN §10, §11). */
import { expect, test } from "vitest";
import { StoreError } from "../../src/store/store-error.ts";
import { createPeopleLog } from "../../src/telemetry/log.ts";
import { StoreTrouble } from "../../src/telemetry/store-trouble.ts";

const FULL = new StoreError({ code: "STORE_FULL", what: "database or disk is full" });

function begin() {
  const events: object[] = [];
  const sentences: string[] = [];
  const people = createPeopleLog(
    (line) => sentences.push(line.replace(/^[\d:]+ {2}/, "")),
    () => 0,
  );
  let nowMs = 5_000;
  const trouble = new StoreTrouble({
    log: {
      event: (name, fields) => {
        events.push({ name, ...fields });
        people.event(name, fields);
      },
    },
    place: "/srv/hub/chain.db",
    elapsedMs: () => nowMs,
  });
  /** The same failure twice a second, for so long. */
  const fail = (seconds: number): void => {
    for (let i = 0; i < 2 * seconds; i++) {
      trouble.note(FULL);
      nowMs += 500;
    }
  };
  return { events, sentences, fail, trouble };
}

test("a full disk is said at once, with its place, and then once a minute, with how long it lasts", () => {
  const { events, sentences, fail } = begin();
  fail(150);
  const message = "/srv/hub/chain.db cannot grow: the disk is full; make room";
  const told = { name: "failed", what: "store", code: "STORE_FULL", message };
  expect(events).toEqual([0, 60, 120].map((seconds) => ({ ...told, seconds })));
  expect(sentences).toEqual([
    `Failed: store: ${message}`,
    `Failed for 60 s now: store: ${message}`,
    `Failed for 120 s now: store: ${message}`,
  ]);
});

test("that it goes on is no failure; what comes later is said at once", () => {
  const { events, sentences, fail, trouble } = begin();
  fail(10);
  trouble.note(undefined);
  fail(1);
  expect(events.slice(1)).toEqual([
    { name: "mended", what: "store", seconds: 10 },
    expect.objectContaining({ name: "failed", seconds: 0 }),
  ]);
  expect(sentences[1]).toBe("The store takes records again, after 10 s: the hub goes on.");
});

test("what is no failure of the store is said as it is", () => {
  const { sentences, trouble } = begin();
  trouble.note(new Error("a mistake"));
  expect(sentences).toEqual(["Failed: store: a mistake"]);
});
