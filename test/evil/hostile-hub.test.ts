// docs/threat-model.md, "send anything to crash or stall its clients": real clients, and a line that lies to them.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Client, startClient } from "../support/client.ts";
import { type ExportedChain, exportChain, verifyExport } from "../support/exported-chain.ts";
import { figure } from "../support/form.ts";
import { startHub } from "../support/hub.ts";
import { type Lie, startLyingLine } from "../support/lying-line.ts";
import { startValidator, type Validator } from "../support/validator.ts";

/** Both attacks brought more than 1.4 GB into the memory of a client that kept all of it. */
const MOST_MEBIBYTES = 600;
/** Text that is no canonical JSON, where the lie leaves a mark. */
const HALF = '"\\ud800"';
const DEEP = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
const MARK = "a mark that nothing else bears";

const spoiling =
  (type: string, spoilt: string, change: (message: Record<string, unknown>) => unknown): Lie =>
  (text, message) =>
    message.type === type ? [JSON.stringify(change(message)).replace(`"${MARK}"`, () => spoilt)] : [text];
const LIES: readonly [string, Lie, RegExp][] = [
  [
    "a proposal with half a character",
    // A block whose lowest do not come with it makes the client ask for them.
    (text, message) =>
      message.type === "block"
        ? [JSON.stringify({ ...message, lowest: [] })]
        : spoiling("proposals", HALF, (page) => ({ ...page, proposals: [{ x: MARK }] }))(text, message),
    /malformed message: proposals\[0\] should be plain JSON/,
  ],
  [
    "a block of 200,000 nested lists",
    spoiling("block", DEEP, (push) => ({ ...push, block: MARK })),
    /malformed message: block should be plain JSON/,
  ],
  [
    "a number that is none",
    spoiling("block", "1e999", (push) => ({ ...push, lowest: [MARK] })),
    /malformed message: lowest\[0\] should be plain JSON/,
  ],
];

describe("whatever a hub serves, a client neither ends nor stands still (SPEC §1)", () => {
  it.each(LIES)("%s ends the connection with a sentence, and the client comes back", async (_, lie, reason) => {
    const hub = await startHub({ round: "500ms" });
    const validator = await startValidator(hub);
    const line = await startLyingLine(hub.url);
    const client = startClient(line.url, { args: ["--spectate"] });
    await client.events.waitFor("connected");
    line.tell(lie);
    const proposing = proposeAlways(validator);
    const { reason: said } = await client.events.waitFor("disconnected");
    expect(said).toMatch(reason);
    line.tell(undefined);
    await client.events.waitFor("reconnected");
    await client.events.waitFor("block");
    proposing.stop();
    expect(client.events.all("alarm")).toEqual([]);
    expect(await client.program.stop("SIGTERM")).toMatchObject({ code: 143, stderr: "" });
  });

  it("blocks of 200,000 nested lists in a page are refused, wherever its fields stand", async () => {
    const hub = await startHub({ round: "500ms" });
    const validator = await startValidator(hub);
    const proposing = proposeAlways(validator);
    await validator.client.push("block");
    const line = await startLyingLine(hub.url);
    line.tell((text, message) =>
      message.type === "blocks"
        ? [
            `{"re":${JSON.stringify(message.re)},"type":"blocks","tip":${JSON.stringify(message.tip)},"blocks":[${DEEP}]}`,
          ]
        : [text],
    );
    const client = startClient(line.url, { args: ["--spectate"] });
    const { reason } = await client.events.waitFor("disconnected");
    expect(reason).toMatch(/malformed message: blocks\[0\] should be plain JSON.*, but is a list/);
    line.tell(undefined);
    await client.events.waitFor("connected");
    proposing.stop();
    expect(await client.program.stop("SIGTERM")).toMatchObject({ code: 143, stderr: "" });
  });
});

describe("whatever a hub serves, a client keeps its memory (DESIGN §10)", () => {
  it("proposals without end end in an alarm", async () => {
    const hub = await startHub({ round: "500ms" });
    const validator = await startValidator(hub);
    const line = await startLyingLine(hub.url);
    const proposals = Array.from({ length: 1_000 }, (_, i) => `${"x".repeat(12_000)}${i}`);
    line.tell((text, message) => {
      if (message.type === "block") return [JSON.stringify({ ...message, lowest: [] })];
      if (message.type === "proposals") return [JSON.stringify({ ...message, total: 1e15, proposals })];
      return [text];
    });
    const client = startClient(line.url, { args: ["--spectate"] });
    await client.events.waitFor("connected");
    const proposing = proposeAlways(validator);
    const alarm = await client.events.waitFor("alarm");
    proposing.stop();
    expect(alarm).toMatchObject({ code: "proposals", proven: false });
    expect(peakMebibytes(client)).toBeLessThan(MOST_MEBIBYTES);
    figure(`hostile hub: proposals without end: ${peakMebibytes(client)} MiB at the most`);
  });

  it("pushes without end, and no answer, end the connection", async () => {
    const hub = await startHub({ round: "500ms" });
    const line = await startLyingLine(hub.url);
    const items = Array.from({ length: 100_000 }, (_, k) => ({ k }));
    const flood = JSON.stringify({ type: "block", block: { items }, lowest: [] });
    line.tell((text, message) => (message.type === "subscribed" ? Array(150).fill(flood) : [text]));
    const client = startClient(line.url, { args: ["--spectate"] });
    const { reason } = await client.events.waitFor("disconnected");
    // The heartbeat, which waits behind all that too, may notice it first.
    expect(reason).toMatch(/^no answer to subscribe within|^the hub does not answer any more/);
    line.tell(undefined);
    await client.events.waitFor("connected");
    expect(peakMebibytes(client)).toBeLessThan(MOST_MEBIBYTES);
    figure(`hostile hub: pushes without end: ${peakMebibytes(client)} MiB at the most`);
  });
});

/** The most that a client ever held, by the kernel. */
function peakMebibytes({ program }: Client): number {
  const status = readFileSync(`/proc/${program.child.pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
}

describe("a file of a chain with proposals that have no canonical form (SPEC §1, §7)", () => {
  let exported: ExportedChain | undefined;

  it.each([
    ["half a character", `{${HALF}:1}`],
    ["200,000 nested lists", DEEP],
  ])("breaks the rule proposals with %s, and leaves evidence of it", async (_, proposal) => {
    exported ??= await exportChain();
    const [first, ...others] = exported.blocks;
    const line = { ...first, proposals: [MARK] };
    const { code, stdout, stderr } = await verifyExport(
      { genesis: exported.genesis, blocks: [line, ...others] as ExportedChain["blocks"] },
      ["--full", "--json"],
      (written) => written.replace(`"${MARK}"`, () => proposal),
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      rule: "proposals",
      index: 1,
      actual: "proposal of an unknown author: MALFORMED",
      proven: false,
      evidence: expect.stringContaining("1-proposals"),
    });
    expect(stderr).toContain("breaks the rule proposals");
  });
});

function proposeAlways({ client, person }: Validator): { readonly stop: () => void } {
  let isStopped = false;
  void (async () => {
    for (let round = 0; !isStopped; ) {
      ({ round } = await client.openRound(round));
      if (!isStopped) await client.submit(person.proposal(client.chainId, client.slot, 72));
    }
    // The hub is stopped with the test.
  })().catch(() => {});
  return {
    stop: () => {
      isStopped = true;
    },
  };
}
