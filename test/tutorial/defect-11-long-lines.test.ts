// What the tutorial's program gets wrong, item 11: a line of over 64 KB is read as a 64 KB token and printed in full to
// the log; then the server ends (item 2).
import { expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { refusals } from "../support/metrics.ts";
import { connect, refusal, sealRound, startValidator } from "../support/validator.ts";

const KIB = 1024;
const MARK = "13579";

it.each([65 * KIB, 10 * KIB * KIB])(
  "refuses a typed line of %d characters with a message, and takes the next",
  async (length) => {
    const hub = await startHub();
    const { program, events, type } = startClient(hub.url, { args: ["--stake", "100"] });
    type(MARK.repeat(length / MARK.length));
    type("72");

    const { code, message } = await events.waitFor("rejected");
    expect({ code, message }).toEqual({
      code: "MALFORMED",
      message: "bpm is wrong: expected a line of at most 256 characters, got a longer one.",
    });
    await events.waitFor("winner", ({ bpm, you }) => bpm === 72 && you);
    program.endInput();
    const { stdout, stderr } = await program.ended;
    expect(stdout + stderr).not.toContain(MARK.repeat(60));
  },
);

it("refuses a frame of more than 64 KiB with a code, and logs nothing of it", async () => {
  const hub = await startHub();
  const anna = await startValidator(hub);
  const client = await connect(hub);

  // One of just 64 KiB is read.
  const empty = JSON.stringify({ type: "ping", x: "", id: "r1" });
  const fitting = { type: "ping", x: MARK.repeat(20_000).slice(0, 64 * KIB - empty.length) };
  expect(refusal(await client.request(fitting))).toMatchObject({ code: "MALFORMED", path: "x" });
  // One more byte is not.
  client.send({ ...fitting, x: `${fitting.x}1` });
  expect(await client.closed).toEqual({ status: 1009, reason: "FRAME_TOO_LARGE" });

  const flood = await connect(hub);
  flood.ws.send(MARK.repeat(2 * KIB * KIB));
  expect(await flood.closed).toEqual({ status: 1009, reason: "FRAME_TOO_LARGE" });

  expect(refusals(await hub.metrics(), "FRAME_TOO_LARGE")).toBe(2);
  expect((await sealRound([anna])).validator).toBe(anna.person.address);
  const { stdout, stderr } = await hub.stop();
  expect(stdout + stderr).not.toContain(MARK);
});
