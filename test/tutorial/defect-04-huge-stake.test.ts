// What the tutorial's program gets wrong, item 4: its lottery pool has one entry a token. A stake of 10^8 takes 7 GB and
// 20 s, the largest one ends the server.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startHub } from "../support/hub.ts";
import { metric } from "../support/metrics.ts";
import { Person } from "../support/person.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { connectAs, refusal, sealRound } from "../support/validator.ts";

/** All the tokens that can ever exist, 2^53−1 (SPEC §1). */
const ALL_TOKENS = 9_007_199_254_740_991;
const RESIDENT = "process_resident_memory_bytes";
const MIB = 1024 * 1024;

it("draws with a stake of 9007199254740990 tokens beside one of a single token, exactly and without their weight", async () => {
  const [whale, minnow] = [new Person("whale"), new Person("minnow")];
  const home = temporaryHome();
  const genesisFile = join(home, "genesis.json");
  const accounts = [
    { publicKey: whale.publicKey, name: whale.name, liquid: ALL_TOKENS - 1, bonded: 0 },
    { publicKey: minnow.publicKey, name: minnow.name, liquid: 1, bonded: 0 },
  ];
  writeFileSync(genesisFile, JSON.stringify({ accounts }));
  const hub = await startHub({ round: "500ms", args: ["--faucet", "0", "--genesis", genesisFile] });
  const [first, second] = [await connectAs(hub, whale), await connectAs(hub, minnow)];
  const before = await hub.metrics();

  expect(refusal(await first.transactNext(whale, { type: "bond", amount: ALL_TOKENS }))).toMatchObject({
    code: "INSUFFICIENT_FUNDS",
    actual: String(ALL_TOKENS),
  });
  expect(refusal(await first.transactNext(whale, { type: "bond", amount: ALL_TOKENS + 1 }))).toMatchObject({
    code: "MALFORMED",
    path: "amount",
  });
  await first.transactNext(whale, { type: "bond", amount: ALL_TOKENS - 1 });
  await second.transactNext(minnow, { type: "bond", amount: 1 });
  const block = await sealRound(
    [
      { person: whale, client: first },
      { person: minnow, client: second },
    ],
    (i) => [72, 61][i] ?? 0,
  );

  // A double holds the sum to the last token, which a sum of floats of this size would not.
  expect(block).toMatchObject({ bpm: 72, draw: { stake: ALL_TOKENS - 1, eligibleStake: ALL_TOKENS } });
  // No token is left to be minted as a reward; the chain says so and goes on.
  expect(await hub.get("/api/validators")).toMatchObject({ validators: [{ name: "whale", liquid: 0 }, { bonded: 1 }] });
  expect(metric(await hub.metrics(), RESIDENT) - metric(before, RESIDENT)).toBeLessThan(128 * MIB);
});

it("states the upper limit at the prompt", async () => {
  const { code, stderr } = await run("pos-client", ["--stake", String(ALL_TOKENS + 1)]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'pos-client: --stake must be a whole number from 1 to 9007199254740991, not "9007199254740992"\n',
  });
});
