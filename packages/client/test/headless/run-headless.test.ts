import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { keyOf, testGenesis } from "../../../shared/test/support/simulated-hub.ts";
import type { ClientConfig } from "../../src/config/client-config.ts";
import { runHeadless } from "../../src/headless/run-headless.ts";
import { ClientSession } from "../../src/session/client-session.ts";
import { configFor } from "../support/client.ts";
import { FakeRuntime, settle, until } from "../support/fake-runtime.ts";
import { fakeProcess } from "../support/identities.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { WiredHub } from "../support/wired-hub.ts";

const ROUND_MS = 10_000;

/** A client without a screen, its standard input in the test's hands. */
function start(changes: Partial<ClientConfig>, hubChanges: (hub: WiredHub) => void = () => {}) {
  const runtime = new FakeRuntime();
  const hub = new WiredHub(runtime, { genesis: testGenesis({ roundMs: ROUND_MS }) });
  hubChanges(hub);
  const config = configFor({ homeDir: temporaryHome(), name: "anna", ...changes });
  const { system } = fakeProcess(new Set());
  const session = new ClientSession({ config, runtime, dial: hub.dial, system });
  const input = new PassThrough();
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const end: { value?: string | undefined; hasCome: boolean } = { hasCome: false };
  void runHeadless(session, config, { input, print, nowMs: runtime.nowMs }).then((sentence) => {
    Object.assign(end, { value: sentence, hasCome: true });
  });
  const said = (pattern: RegExp): boolean => lines.some((line) => pattern.test(line));
  return { runtime, hub, session, input, lines, end, said };
}

describe("a client without a screen (DESIGN §10)", () => {
  it("proposes what comes on its standard input and ends once that round is settled", async () => {
    const { runtime, input, lines, end, said } = start({ stake: 100, json: false });
    input.end("72\n");
    await until(() => said(/BPM 72 accepted for round 1/));
    await runtime.advance(ROUND_MS - 1_000);
    expect(end.hasCome).toBe(false);
    await runtime.advance(1_000);
    await until(() => end.hasCome);
    expect(end.value).toBeUndefined();
    expect(lines.join("\n")).toMatch(/★ YOU won block 1 as anna with BPM 72/);
  });

  it("gives each line a round of its own", async () => {
    const { runtime, input, end, lines } = start({ stake: 100 });
    input.end("61\n62\n");
    await runtime.advanceUntil(() => end.hasCome, 1_000);
    const events = lines.map((line) => JSON.parse(line));
    const accepted = events.filter(({ event }) => event === "accepted");
    expect(accepted).toMatchObject([
      { round: 1, bpm: 61 },
      { round: 2, bpm: 62 },
    ]);
    expect(events.filter(({ event }) => event === "winner")).toHaveLength(2);
  });

  it("prints JSON lines with their event and time first", async () => {
    const { lines, runtime } = start({ spectate: true, name: null });
    await until(() => lines.length > 0);
    expect(lines[0]).toMatch(/^\{"event":"connected","time":"2026-01-01T00:00:00\.\d{3}Z","url":/);
    await runtime.advance(0);
  });

  it("goes on without standard input where something else keeps it going", async () => {
    const { runtime, input, end } = start({ stake: 100, bpm: { kind: "fixed", bpm: 70 } });
    input.end();
    await runtime.advance(3 * ROUND_MS);
    expect(end.hasCome).toBe(false);
  });

  it("ends by itself where its input is empty: joined, staked, and its open round settled", async () => {
    const { runtime, input, end, said } = start({ stake: 100 });
    input.end();
    await until(() => said(/"event":"staked"/));
    await settle();
    expect(end.hasCome).toBe(false);
    await runtime.advanceUntil(() => end.hasCome, 1_000);
    expect(runtime.monotonicMs()).toBeGreaterThanOrEqual(ROUND_MS);
  });

  it("keeps lines that come before the hub is there", async () => {
    const { runtime, hub, input, said, end } = start({ stake: 100 }, (down) => down.goDown());
    input.end("72\n");
    await runtime.advance(2_000);
    expect(said(/"event":"disconnected"/)).toBe(true);
    hub.isUp = true;
    await runtime.advanceUntil(() => end.hasCome, 500);
    expect(said(/"event":"accepted".*"bpm":72/)).toBe(true);
  });

  it.each([
    ["none of its lines was accepted", { stake: 50 }, "abc\n1\n", /^no BPM was accepted: BPM 1 is out of range/],
    ["its stake was refused", { stake: 5_000 }, "", /^Not enough tokens for 5000/],
    ["its stake was refused, and so its line", { stake: 5_000 }, "72\n", /^Not enough tokens for 5000/],
    ["nothing is staked", {}, "72\n", /^no BPM was accepted: Nothing is staked/],
  ])("ends with a sentence where %s", async (_, changes, lines, sentence) => {
    const { runtime, input, end } = start(changes);
    input.end(lines);
    await runtime.advanceUntil(() => end.hasCome, 1_000);
    expect(end.value).toMatch(sentence);
  });

  it("ends with a sentence where it proposes by itself, and its stake was refused with nothing staked", async () => {
    const { runtime, end } = start({ stake: 5_000, bpm: { kind: "fixed", bpm: 72 } });
    await runtime.advanceUntil(() => end.hasCome, 1_000);
    expect(end.value).toMatch(/^Not enough tokens for 5000/);
  });

  it("has done what it was asked for where one of several lines was accepted", async () => {
    const { runtime, input, end } = start({ stake: 50 });
    input.end("abc\n72\nabc\n");
    await runtime.advanceUntil(() => end.hasCome, 1_000);
    expect(end.value).toBeUndefined();
  });

  it.each<[string, Partial<ClientConfig>, string]>([
    ["--bpm", { bpm: { kind: "fixed", bpm: 999 } }, "from 30 to 220, and --bpm asks for 999."],
    [
      "--auto-bpm",
      { bpm: { kind: "random", range: { min: 10, max: 60 } } },
      "from 30 to 220, and --auto-bpm asks for 10 to 60.",
    ],
    [
      "--auto-bpm of bots",
      { bots: 2, name: null, bpm: { kind: "random", range: { min: 60, max: 221 } } },
      "60 to 221.",
    ],
  ])("ends before it joins where the network's range leaves out what %s asks for", async (_, changes, sentence) => {
    const { runtime, hub, end } = start({ stake: 50, ...changes });
    await runtime.advanceUntil(() => end.hasCome, 1_000);
    expect(end.value).toContain(sentence);
    expect(hub.count("login") + hub.count("transact")).toBe(0);
  });

  it("ends with a sentence where it cannot go on", async () => {
    const { runtime, end } = start({}, (hub) => hub.act((simulated) => simulated.join(keyOf(9), "anna", 10)));
    await runtime.advanceUntil(() => end.hasCome);
    expect(end.value).toBe("The name anna is taken. Free: --name anna-2.");
  });
});
