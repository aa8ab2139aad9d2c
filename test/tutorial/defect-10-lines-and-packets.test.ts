// What the tutorial's program gets wrong, item 10: `printf '100\n72\n' | nc` stakes and never proposes, because two
// readers buffer the same socket.
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { TcpClient } from "../support/tcp-client.ts";

const whole = (text: string) => [text];
const byteByByte = (text: string) => [...text];

it.each([
  { how: "in one packet", packets: whole("71\n72\n73\n") },
  { how: "byte by byte", packets: byteByByte("71\n72\n73\n") },
  { how: "with CRLF", packets: whole("71\r\n72\r\n73\r\n") },
  { how: "cut within a line, without an end to the last one", packets: ["7", "1\n72", "\n73"] },
])("proposes each line, one a round, when they come $how", async ({ packets }) => {
  const hub = await startHub({ round: "600ms" });
  const { program, events } = startClient(hub.url, { args: ["--stake", "100"] });
  for (const packet of packets) {
    program.write(packet);
    await nextTurn();
  }
  program.endInput();

  expect((await program.ended).code).toBe(0);
  const accepted = events.all("accepted");
  expect(accepted.map(({ bpm }) => bpm)).toEqual([71, 72, 73]);
  expect(new Set(accepted.map(({ round }) => round)).size).toBe(3);
  expect(events.all("winner").map(({ bpm }) => bpm)).toEqual([71, 72, 73]);
  expect(events.all("rejected").filter(({ code }) => code !== "ROUND_CLOSED")).toEqual([]);
});

it("answers the same whatever packets the bytes of several requests come in", async () => {
  const hub = await startHub();
  const requests = ["account", "blocks", "nonsense", "ping"].map((type) =>
    TcpClient.frame(JSON.stringify({ type, id: type, ...FIELDS[type] })),
  );
  const bytes = Buffer.concat([TcpClient.handshake(), ...requests]);

  const answers = await Promise.all(
    [bytes.length, 1, 7, 125].map(async (size) => {
      const client = new TcpClient(hub.url);
      for (let at = 0; at < bytes.length; at += size) {
        client.write(bytes.subarray(at, at + size));
        await nextTurn();
      }
      const [hello = "", ...replies] = await client.received(1 + requests.length);
      expect(JSON.parse(hello).type).toBe("hello");
      return replies.map((reply) => ({ ...JSON.parse(reply), time: 0 })).sort((a, b) => (a.re < b.re ? -1 : 1));
    }),
  );

  expect(answers[0]?.map(({ type }) => type)).toEqual(["account", "blocks", "error", "pong"]);
  for (const answer of answers) expect(answer).toEqual(answers[0]);
});

const FIELDS: Readonly<Record<string, object>> = {
  account: { publicKey: "00".repeat(32) },
  blocks: { from: 1, limit: 10 },
};
