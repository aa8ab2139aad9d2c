// SPEC §3, DESIGN §8: what a hub refuses it may carry out all the same, for nobody signs a refusal. An amount counts once.
import { addressOf } from "pos-shared/crypto/keys.ts";
import { leafHash } from "pos-shared/crypto/merkle.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import { toHex } from "pos-shared/encoding/hex.ts";
import type { ErrorCode } from "pos-shared/protocol/error-codes.ts";
import { describe, expect, it } from "vitest";
import { HUB_KEY, keyOf, testGenesis } from "../../../shared/test/support/simulated-hub.ts";
import { identityFilesOf, startTestClient } from "../support/client.ts";
import { FakeRuntime, settle, until } from "../support/fake-runtime.ts";
import { WiredHub } from "../support/wired-hub.ts";

const BEN = keyOf(9);
const ROUND_MS = 10_000;

function startHub() {
  const runtime = new FakeRuntime();
  const hub = new WiredHub(runtime, { genesis: testGenesis({ roundMs: ROUND_MS }) });
  hub.act((simulated) => simulated.join(BEN, "ben", 10));
  return { runtime, hub };
}

/** A validator with 900 liquid tokens and 100 bonded, all of it recorded, beside ben. */
async function staked() {
  const { runtime, hub } = startHub();
  const client = startTestClient(hub, runtime, { stake: 100, name: "anna" });
  await until(() => client.told("staked").length > 0);
  const nextBlock = async () => {
    const before = client.told("block").length;
    await runtime.advance(ROUND_MS);
    await until(() => client.told("block").length > before);
    await runtime.advance(100);
  };
  await nextBlock();
  client.events.length = 0;
  const { key } = identityFilesOf(client, hub);
  const me = () => client.session.getState().me;
  return { runtime, hub, client, session: client.session, key, me, nextBlock };
}

/** From now on the hub takes transactions of a type, and what it says of them is replaced on its way. */
function refuseOnTheWay(hub: WiredHub, type: string, code: ErrorCode, times = Number.POSITIVE_INFINITY): void {
  const asked = new Set<string>();
  let left = times;
  hub.onRequest = (request) => {
    if (request.type !== "transact" || !JSON.stringify(request.transaction).includes(`"type":"${type}"`)) return;
    if (left-- > 0) asked.add(request.id);
  };
  hub.tamper = (message) =>
    message.type === "receipted" && asked.has(message.re)
      ? { type: "error", re: message.re, code, path: null, expected: "77", actual: "1", suggestion: null }
      : message;
}

function relent(hub: WiredHub): void {
  hub.onRequest = () => {};
  hub.tamper = (message) => message;
}

describe("a transaction that is refused for its nonce", () => {
  it("is not signed again under another one because somebody says so, and is told when a block carries it", async () => {
    const { hub, client, session, me, nextBlock } = await staked();
    refuseOnTheWay(hub, "bond", "WRONG_NONCE");
    const sent = hub.count("transact");
    expect(await session.bond(50)).toMatchObject({ ok: false, fault: { code: "WRONG_NONCE" } });
    expect(hub.count("transact")).toBe(sent + 1);
    expect(client.told("rejected")).toMatchObject([
      {
        code: "WRONG_NONCE",
        message: expect.stringContaining("until then the same again counts once"),
      },
    ]);
    await nextBlock();
    expect(client.told("transaction")).toMatchObject([
      { phase: "recorded", type: "bond", amount: 50, index: 2, awaited: false },
    ]);
    expect(me()).toMatchObject({ bonded: 150 });
  });

  it.each(["bond", "transfer"] as const)(
    "counts once where the same %s is asked for again before that block",
    async (type) => {
      const { hub, client, session, me, nextBlock } = await staked();
      const ask = () => (type === "bond" ? session.bond(50) : session.transfer("ben", 50));
      refuseOnTheWay(hub, type, "WRONG_NONCE");
      expect(await ask()).toMatchObject({ ok: false });
      expect(await ask()).toMatchObject({ ok: false });
      relent(hub);
      expect(await ask()).toEqual({ ok: true });
      await nextBlock();
      expect(me()).toMatchObject({ liquid: 850 });
      expect(client.told("transaction").map(({ phase, awaited }) => ({ phase, awaited }))).toEqual([
        { phase: "accepted", awaited: true },
        { phase: "recorded", awaited: true },
      ]);
    },
  );

  it("is bonded once by --stake, however often the client is started", async () => {
    const { runtime, hub } = startHub();
    refuseOnTheWay(hub, "bond", "WRONG_NONCE");
    const first = startTestClient(hub, runtime, { stake: 100, name: "anna" });
    await until(() => first.told("rejected").length > 0);
    relent(hub);
    await first.session.stop();
    await runtime.advance(ROUND_MS);
    const second = startTestClient(hub, runtime, { stake: 100, name: "anna", homeDir: first.homeDir });
    await until(() => second.told("staked").length > 0);
    await runtime.advance(2 * ROUND_MS);
    expect(second.session.getState().me).toMatchObject({ bonded: 100 });
    expect(second.told("rejected")).toEqual([]);
  });

  it("is signed anew once a block shows what another machine signed with this key, which is told", async () => {
    const { hub, client, session, key, me, nextBlock } = await staked();
    hub.act((simulated) => {
      expect(simulated.transact(key, { type: "bond", nonce: simulated.nonceOf(key), amount: 1 })).toBe("receipted");
    });
    expect(await session.bond(50)).toMatchObject({ ok: false, fault: { code: "WRONG_NONCE" } });
    await nextBlock();
    expect(client.told("transaction")).toMatchObject([{ phase: "recorded", amount: 1, awaited: false }]);
    expect(await session.bond(50)).toEqual({ ok: true });
    await nextBlock();
    expect(me()).toMatchObject({ bonded: 151 });
  });

  it("is signed under the next one at once where the other machine's has the hub's receipt", async () => {
    const { runtime, hub, client, session, key, me, nextBlock } = await staked();
    hub.cut();
    hub.act((simulated) => {
      expect(simulated.transact(key, { type: "bond", nonce: simulated.nonceOf(key), amount: 1 })).toBe("receipted");
    });
    await runtime.advance(1_000);
    expect(await session.bond(50)).toEqual({ ok: true });
    await nextBlock();
    expect(me()).toMatchObject({ bonded: 151 });
    expect(client.told("rejected")).toEqual([]);
  });

  it("is signed under the next one where what has the receipt rests on tokens that no block shows yet", async () => {
    const { hub, session, key, me, nextBlock } = await staked();
    expect(me()).toMatchObject({ liquid: 900 });
    hub.act((simulated) => {
      const to = addressOf(key.publicKey);
      simulated.transact(BEN, { type: "transfer", nonce: simulated.nonceOf(BEN), to, amount: 950 });
    });
    expect(await session.transfer("ben", 920)).toEqual({ ok: true });
    expect(await session.transfer("ben", 5)).toEqual({ ok: true });
    // Just the same again is another one.
    expect(await session.transfer("ben", 920)).toEqual({ ok: true });
    await nextBlock();
    expect(me()).toMatchObject({ liquid: 5 });
  });
});

it("a stake that is refused for now, and carried out, is not staked again", async () => {
  const { runtime, hub } = startHub();
  refuseOnTheWay(hub, "bond", "QUEUE_FULL", 1);
  const client = startTestClient(hub, runtime, { stake: 100, name: "anna" });
  await until(() => client.told("rejected").length > 0);
  // The block comes before it is tried again.
  await runtime.advance(1);
  hub.act((simulated) => simulated.close());
  await runtime.advance(3 * ROUND_MS);
  await until(() => client.told("staked").length > 0);
  expect(client.session.getState().me).toMatchObject({ bonded: 100 });
  expect(client.told("transaction").map(({ type }) => type)).toEqual(["bond"]);
});

it("what the hub says that this key signed, and it did not, ends the connection", async () => {
  const { runtime, hub, client, key } = await staked();
  const { chainId } = hub.simulated.network;
  const bond = { type: "bond", publicKey: key.publicKey, nonce: 2, amount: 1, signature: "0".repeat(128) } as const;
  const receipt = { round: 2, tx: toHex(leafHash(bond)) };
  hub.tamper = (message) =>
    message.type === "welcome"
      ? {
          ...message,
          transactions: [
            { transaction: bond, receipt: { ...receipt, signature: sign(HUB_KEY, "receipt", chainId, receipt) } },
          ],
        }
      : message;
  hub.cut();
  await runtime.advance(1_000);
  await settle();
  expect(client.told("disconnected").at(-1)).toMatchObject({
    reason: "the hub says that this key signed what it did not",
  });
  relent(hub);
  await runtime.advance(5_000);
  expect(client.session.getState().connection.phase).toBe("online");
});
