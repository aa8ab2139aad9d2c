// What the tutorial's program gets wrong, item 13: the whole chain is pushed to everybody every minute, whether or not
// it changed: after a year of 30 s blocks 340 MB a validator and minute.
import { expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { startProxy } from "../support/proxy.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { connect, sealRound, startValidator } from "../support/validator.ts";

const BLOCKS = 8;

it("pushes each block once, the last one no larger than the first", async () => {
  const hub = await startHub({ round: "200ms" });
  const anna = await startValidator(hub);
  const watcher = await connect(hub);
  await watcher.subscribe();
  for (let block = 0; block < BLOCKS; block++) await sealRound([anna]);
  const last = await watcher.block(anna.client.blocks.at(-1)?.index ?? 0);

  const { blocks } = watcher;
  const [first] = blocks;
  expect(blocks.map(({ index }) => index)).toEqual(blocks.map((_, i) => (first?.index ?? 0) + i));
  // Nothing of the chain before it comes with a block: all are as large, but for the digits of their numbers.
  const sizes = blocks
    .filter(({ transactionCount }) => transactionCount === 0)
    .map((block) => JSON.stringify(block).length);
  expect(sizes.length).toBeGreaterThanOrEqual(BLOCKS - 1);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(20);
  const pushed = watcher.pushes.all.filter(({ type }) => type === "block").map((push) => JSON.stringify(push).length);
  expect(pushed.at(-1)).toBeLessThan(2 * JSON.stringify(last).length);
});

it("sends nothing where nothing happens", async () => {
  const hub = await startHub({ round: "200ms" });
  const watcher = await connect(hub);
  await watcher.subscribe();
  const before = watcher.bytesReceived;
  // Nobody has a stake, so no round opens; somebody else reads the chain meanwhile, again and again.
  for (let i = 0; i < 50; i++) await hub.blocks();
  expect(watcher.bytesReceived).toBe(before);
});

it("tells a client whose connection was cut what it missed, and nothing twice", async () => {
  const hub = await startHub({ round: "200ms" });
  const anna = await startValidator(hub);
  const proxy = await startProxy(hub.url);
  const { events } = startClient(proxy.url, { args: ["--spectate"] });
  await events.waitFor("round");
  const first = await sealRound([anna]);
  await events.waitFor("winner", ({ index }) => index === first.index);

  proxy.cut();
  await events.waitFor("disconnected");
  for (let i = 0; i < 3; i++) await sealRound([anna]);
  proxy.mend();
  await events.waitFor("reconnected");
  const last = await sealRound([anna]);
  await events.waitFor("winner", ({ index }) => index === last.index);

  const wanted = Array.from({ length: last.index - first.index + 1 }, (_, i) => first.index + i);
  for (const name of ["block", "winner"] as const) {
    const told = events.all(name).filter(({ index }) => index >= first.index);
    expect(told.map(({ index }) => index)).toEqual(wanted);
  }
});

it("sends a client that was here before only the blocks it lacks", async () => {
  const hub = await startHub({ round: "200ms" });
  const anna = await startValidator(hub);
  const home = temporaryHome();
  const bytes: number[] = [];
  for (const blocks of [2 * BLOCKS, 1]) {
    for (let i = 0; i < blocks; i++) await sealRound([anna]);
    const proxy = await startProxy(hub.url);
    const { program, events } = startClient(proxy.url, { args: ["--spectate"], home });
    await events.waitFor("round");
    const { index } = await sealRound([anna]);
    await events.waitFor("winner", (winner) => winner.index >= index);
    await program.stop();
    bytes.push(proxy.bytesToClients());
  }
  const [first = 0, second = 0] = bytes;
  expect(second).toBeLessThan(first / 2);
});
