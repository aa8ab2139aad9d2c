import { addressOf } from "pos-shared/crypto/keys.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import { describe, expect, it } from "vitest";
import { HUB_KEY, keyOf, testGenesis } from "../../../shared/test/support/simulated-hub.ts";
import { startTestClient } from "../support/client.ts";
import { FakeRuntime, settle, until } from "../support/fake-runtime.ts";
import { WiredHub } from "../support/wired-hub.ts";

const BEN = keyOf(9);

/** A validator with 900 liquid tokens and 100 bonded, beside somebody else. */
async function staked() {
  const runtime = new FakeRuntime();
  const hub = new WiredHub(runtime, { genesis: testGenesis({ roundMs: 10_000 }) });
  hub.act((simulated) => simulated.join(BEN, "ben", 10));
  const client = startTestClient(hub, runtime, { stake: 100, name: "anna" });
  await until(() => client.told("staked").length > 0);
  const me = async () => {
    await runtime.advance(100);
    return client.session.getState().me;
  };
  return { runtime, hub, client, session: client.session, me };
}

describe("what a validator does with its tokens (SPEC §3, DESIGN §8)", () => {
  it("shows each as accepted at once, and has it recorded by the round's block", async () => {
    const { runtime, session, me, client } = await staked();
    expect(await session.bond(50)).toEqual({ ok: true });
    expect(await session.unbond(30)).toEqual({ ok: true });
    expect(await session.transfer(addressOf(BEN.publicKey), 10)).toEqual({ ok: true });
    const accepted = { liquid: 840, bonded: 120, unbonding: [{ amount: 30, round: 3 }] };
    expect(await me()).toMatchObject(accepted);
    await runtime.advance(10_000);
    await until(() => client.told("block").length > 0);
    expect(await me()).toMatchObject(accepted);
    expect(client.told("alarm")).toEqual([]);
    // Whose a name is, the chain says now.
    expect(await session.transfer("ben", 7)).toEqual({ ok: true });
    expect(await me()).toMatchObject({ liquid: 833 });
  });

  it.each([
    ["bond", 901, "INSUFFICIENT_FUNDS"],
    ["unbond", 101, "INSUFFICIENT_FUNDS"],
    ["bond", 0, "MALFORMED"],
    ["bond", 1.5, "MALFORMED"],
    ["unbond", -3, "MALFORMED"],
  ] as const)("refuses to %s %d", async (action, amount, code) => {
    const { session } = await staked();
    expect(await session[action](amount)).toMatchObject({ ok: false, fault: { code } });
  });

  it("refuses a transfer to nobody", async () => {
    const { session } = await staked();
    expect(await session.transfer("nobody", 5)).toMatchObject({ ok: false, fault: { code: "UNKNOWN_RECIPIENT" } });
    expect(await session.transfer("0".repeat(64), 5)).toMatchObject({
      ok: false,
      fault: { code: "UNKNOWN_RECIPIENT" },
    });
  });

  it("happens once, where the answer was lost with the connection", async () => {
    const { runtime, hub, session, me } = await staked();
    hub.unanswered.add("transact");
    const outcome = session.bond(50);
    await settle();
    hub.unanswered.clear();
    hub.cut();
    await runtime.advance(1_000);
    expect(await outcome).toEqual({ ok: true });
    expect(await me()).toMatchObject({ liquid: 850, bonded: 150 });
  });

  it("happens once, where the block that carries it comes before the answer", async () => {
    const { runtime, hub, session, me, client } = await staked();
    hub.unanswered.add("transact");
    const outcome = session.bond(50);
    await settle();
    await runtime.advance(10_000);
    await until(() => client.told("block").length > 0);
    expect(await outcome).toEqual({ ok: true });
    expect(await me()).toMatchObject({ liquid: 850, bonded: 150 });
  });

  it("believes no receipt that is not for it, and leaves such a hub", async () => {
    const { runtime, hub, session, client } = await staked();
    const { chainId } = hub.simulated.network;
    hub.tamper = (message) => {
      if (message.type !== "receipted") return message;
      const other = { round: message.receipt.round, tx: "0".repeat(64) };
      return { ...message, receipt: { ...other, signature: sign(HUB_KEY, "receipt", chainId, other) } };
    };
    void session.bond(50);
    await settle();
    expect(client.told("disconnected")).toMatchObject([
      { reason: expect.stringContaining("not for this transaction") },
    ]);
    hub.tamper = (message) => message;
    await runtime.advance(1_000);
    expect(client.told("reconnected")).toHaveLength(1);
  });
});
