// What the tutorial's program gets wrong, item 12: each join prints all stakes. 4,000 joins were 544 MB of output.
import { expect, it } from "vitest";
import { startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { Program } from "../support/program.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { startValidator } from "../support/validator.ts";

const JOINS = 200;
/** No list of stakes fits into a line of so many characters. */
const LINE = 300;

it("prints one line for each join and one for each stake", async () => {
  const hub = await startHub({ round: "10s" });
  const people = Array.from({ length: JOINS }, (_, i) => new Person(`name-${i}-x`));
  await Promise.all(people.map((person) => startValidator(hub, 100, person)));

  const { stdout } = await hub.stop();
  const lines = stdout.trimEnd().split("\n");
  for (const { name, address } of people) {
    const about = lines.filter((line) => line.includes(name) || line.includes(address)).map((line) => JSON.parse(line));
    expect(about.map(({ event }) => event)).toEqual(["joined", "bonded", "left"].slice(0, about.length));
    expect(about[0]).toMatchObject({ name, liquid: 1_000 });
    expect(about[1]).toMatchObject({ name, bonded: 100, liquid: 900 });
  }
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(LINE);
});

it("prints one short line for people", async () => {
  const program = new Program("pos-hub", ["--port", "0", "--memory", "--round", "10s"], { home: temporaryHome() });
  const listening = await program.lines.take((line) => line.includes("listens on"));
  const url = /ws:\/\/[\d.:]+/.exec(listening)?.[0] ?? "";
  for (const name of ["anna", "ben", "chris"]) await startValidator({ url }, 100, new Person(name));

  const { stdout } = await program.stop("SIGTERM");
  const lines = stdout.split("\n").map((line) => line.replace(/^\d\d:\d\d:\d\d {2}/, ""));
  for (const name of ["anna", "ben", "chris"]) {
    expect(lines.filter((line) => line.includes(name) && !line.includes("left"))).toEqual([
      `${name} joined with 1000 tokens.`,
      `${name} staked: 100 tokens bonded.`,
    ]);
  }
});
