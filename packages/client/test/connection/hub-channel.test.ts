import { describe, expect, it } from "vitest";
import { HubChannel } from "../../src/connection/hub-channel.ts";
import { HubClock } from "../../src/connection/hub-clock.ts";
import { FakeRuntime, settle } from "../support/fake-runtime.ts";
import { hello, type ScriptedWire, scriptedDial } from "../support/scripted-wire.ts";

interface Opened {
  readonly channel: HubChannel;
  readonly wire: ScriptedWire;
  readonly runtime: FakeRuntime;
  readonly clock: HubClock;
  readonly heard: string[];
  readonly ended: string[];
}

function open(): Opened {
  const runtime = new FakeRuntime();
  const clock = new HubClock();
  const { dial, wires } = scriptedDial();
  const heard: string[] = [];
  const ended: string[] = [];
  const channel = new HubChannel(
    { url: "ws://hub", dial, runtime, clock },
    {
      greeted: () => heard.push("hello"),
      heard: ({ type }) => heard.push(type),
      ended: (reason) => ended.push(reason),
    },
  );
  const [wire] = wires;
  if (wire === undefined) throw new Error("nothing was dialled");
  return { channel, wire, runtime, clock, heard, ended };
}

function greeted(): Opened {
  const opened = open();
  opened.wire.say(hello());
  return opened;
}

describe("one connection to a hub (DESIGN §9)", () => {
  it("matches replies to requests by their ids, in whatever order they come", async () => {
    const { channel, wire } = greeted();
    const first = channel.request("account", { publicKey: "1".repeat(64) });
    const firstId = wire.asked("account").id;
    const second = channel.request("account", { publicKey: "2".repeat(64) });
    wire.say({ type: "error", re: wire.asked("account").id, ...noFacts, code: "NOT_FOUND" });
    wire.say({ type: "account", re: firstId, account: null });
    expect(await first).toMatchObject({ ok: true, value: { account: null } });
    expect(await second).toMatchObject({ ok: false, error: { kind: "refused", fault: { code: "NOT_FOUND" } } });
  });

  it.each([
    ["what is no JSON", "{", /malformed message/],
    ["an unknown message", '{"type":"surprise"}', /malformed message: type should be one of/],
    ["a message with one key more", JSON.stringify({ type: "idle", round: 1, why: "" }), /why should be no such key/],
    [
      "a reply of another kind than was asked for",
      JSON.stringify({ type: "pong", re: "ID", time: 1 }),
      /answered account with pong/,
    ],
    [
      "a refusal with an unknown code",
      JSON.stringify({
        type: "error",
        re: "ID",
        code: "NOPE",
        path: null,
        expected: null,
        actual: null,
        suggestion: null,
      }),
      /unknown code NOPE/,
    ],
    ["a second hello", JSON.stringify(hello()), /hello twice/],
  ])("ends on %s, and says so", async (_, text, reason) => {
    const { channel, wire, ended } = greeted();
    const asked = channel.request("account", { publicKey: "1".repeat(64) });
    wire.sayText(text.replace('"ID"', JSON.stringify(wire.asked("account").id)));
    expect(ended).toEqual([expect.stringMatching(reason)]);
    expect(wire.isDropped).toBe(true);
    expect(await asked).toMatchObject({ ok: false, error: { kind: "lost" } });
  });

  it("ends on a page of blocks that have no canonical form, also where nobody makes objects of it", async () => {
    const { channel, wire, ended } = greeted();
    const asked = channel.requestBlockTexts(1, 10);
    const re = JSON.stringify(wire.asked("blocks").id);
    const tip = JSON.stringify({ index: 0, hash: "c".repeat(64) });
    wire.sayText(`{"re":${re},"type":"blocks","tip":${tip},"blocks":[${"[".repeat(200_000)}${"]".repeat(200_000)}]}`);
    expect(ended).toEqual([expect.stringMatching(/malformed message: blocks\[0\] should be plain JSON/)]);
    expect(await asked).toMatchObject({ ok: false, error: { kind: "lost" } });
  });

  it("ends on anything that comes before the hello", () => {
    const { wire, ended } = open();
    wire.say({ type: "idle", round: 1 });
    expect(ended).toEqual(["the hub sent idle before its hello"]);
  });

  it("ends where the hub cannot read what it was sent, with the hub's own reason", () => {
    const { wire, ended } = greeted();
    wire.say({ type: "error", re: null, ...noFacts, code: "FRAME_TOO_LARGE" });
    expect(ended).toEqual([expect.stringContaining("larger than the hub takes")]);
  });

  it("gives up on a hub that takes the connection and says nothing", async () => {
    const { runtime, ended } = open();
    await runtime.advance(9_999);
    expect(ended).toEqual([]);
    await runtime.advance(1);
    expect(ended).toEqual(["the hub says nothing"]);
  });

  it("counts a request as lost when no answer comes, and the connection goes on", async () => {
    const { channel, wire, runtime, ended } = greeted();
    const asked = channel.request("propose", { proposal: {} }, 5_000);
    await answerPings(wire, runtime, 6_000);
    expect(await asked).toMatchObject({
      ok: false,
      error: { kind: "lost", reason: "no answer to propose within 5 s" },
    });
    expect(ended).toEqual([]);
  });

  it("waits for a long page as long as its bytes still come", async () => {
    const { channel, wire, runtime } = greeted();
    let isSettled = false;
    const asked = channel.request("blocks", { from: 1, limit: 10 }, 5_000);
    const { id } = wire.asked("blocks");
    void asked.then(() => {
      isSettled = true;
    });
    for (let second = 0; second < 30; second++) {
      wire.receivedBytes += 1_000;
      await answerPings(wire, runtime, 1_000);
    }
    expect(isSettled).toBe(false);
    wire.say({ type: "blocks", re: id, blocks: [], tip: { index: 0, hash: "c".repeat(64) } });
    expect(await asked).toMatchObject({ ok: true });
  });

  it.each<[string, number, number]>([
    // A window of 5 s is to bring 2,560 bytes.
    ["next to nothing comes", 400, 5],
    ["more comes than can lie before an answer", 8 * 2 ** 20, 5],
    ["it takes longer than any line", 1_000, 600],
  ])("gives a long answer up where %s, whatever it is that comes", async (_, bytesPerSecond, seconds) => {
    const { channel, wire, runtime, ended } = greeted();
    const asked = channel.request("subscribe", {}, 5_000);
    for (let second = 0; second < seconds; second++) {
      wire.receivedBytes += bytesPerSecond;
      await answerPings(wire, runtime, 1_000);
    }
    const reason = `no answer to subscribe within ${seconds} s`;
    expect(await asked).toEqual({ ok: false, error: { kind: "lost", reason } });
    expect(ended).toEqual([]);
  });

  it("notices a connection whose other end is gone without a word", async () => {
    const { wire, runtime, ended } = greeted();
    await answerPings(wire, runtime, 5_000);
    await runtime.advance(10_000);
    expect(ended).toEqual([]);
    await runtime.advance(10_000);
    expect(ended).toEqual(["the hub does not answer any more"]);
  });

  it("learns the hub's clock from the hello, and better from pings", async () => {
    const { wire, runtime, clock } = open();
    const hubAheadMs = 3_600_000;
    await runtime.advance(400);
    wire.say(hello({ time: runtime.nowMs() + hubAheadMs }));
    expect(clock.offsetOf(runtime.nowMs(), runtime.monotonicMs())).toBe(hubAheadMs + 200);
    await runtime.advance(0);
    wire.say({ type: "pong", re: wire.asked("ping").id, time: runtime.nowMs() + hubAheadMs });
    await settle();
    expect(clock.offsetOf(runtime.nowMs(), runtime.monotonicMs())).toBe(hubAheadMs);
  });

  it("tells its end once, and answers nothing after it", async () => {
    const { channel, wire, ended } = greeted();
    channel.drop("enough");
    wire.handlers.closed("the connection was cut");
    wire.say({ type: "idle", round: 1 });
    expect(ended).toEqual(["enough"]);
    expect(await channel.request("ping", {})).toMatchObject({ ok: false, error: { kind: "lost", reason: "enough" } });
  });
});

const noFacts = { path: null, expected: null, actual: null, suggestion: null };

/** Lets time pass with a hub that answers pings and nothing else. */
async function answerPings(wire: ScriptedWire, runtime: FakeRuntime, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) {
    await runtime.advance(100);
    const pings = wire.requests.filter(({ type }) => type === "ping");
    const last = pings.at(-1);
    if (last !== undefined) wire.say({ type: "pong", re: last.id, time: runtime.nowMs() });
    wire.requests.length = 0;
    await settle();
  }
}

describe("a page of blocks as text", () => {
  const tip = { index: 1, hash: "a".repeat(64) };

  it("goes to who asked for it so, and leaves another page whole", async () => {
    const { wire, channel } = greeted();
    const text = channel.requestBlockTexts(1, 1);
    const textId = wire.asked("blocks").id;
    const page = channel.request("blocks", { from: 2, limit: 1 });
    const pageId = wire.asked("blocks").id;
    wire.say({ type: "blocks", re: "nobody's", blocks: [{ a: 0 }], tip });
    wire.say({ type: "blocks", re: pageId, blocks: [{ a: 2 }], tip });
    wire.say({ type: "blocks", re: textId, blocks: [{ a: 1 }], tip });
    expect((await page).ok && (await page)).toMatchObject({ value: { blocks: [{ a: 2 }] } });
    const found = await text;
    expect(found.ok && found.value.toString()).toBe('{"a":1}');
  });
});
