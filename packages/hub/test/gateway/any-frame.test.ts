/** Whatever a client sends: an answer or a close with a documented code, and the hub goes on. */
import fc from "fast-check";
import { isErrorCode } from "pos-shared/protocol/error-codes.ts";
import { requestForm } from "pos-shared/protocol/requests.ts";
import { arbitraryOf, nearMissOf } from "pos-shared/test-support/arbitrary-of-form.ts";
import { expect, test } from "vitest";
import { connect, connectValidator, type TestClient } from "./support/client.ts";
import { Person } from "./support/person.ts";
import { startTestHub } from "./support/test-hub.ts";

const RUNS = 1_000;

const frame = fc.oneof(
  { weight: 4, arbitrary: arbitraryOf(requestForm).map((request) => JSON.stringify(request)) },
  { weight: 4, arbitrary: (nearMissOf(requestForm) ?? fc.constant({ value: null })).map(({ value }) => toText(value)) },
  { weight: 2, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }).map((text) => text.toWellFormed()) },
);

function toText(value: unknown): string {
  return JSON.stringify(value) ?? "";
}

/** Sends a frame; resolves when the hub has dealt with it, with the codes that it answered. */
async function codesFor(client: TestClient, text: string): Promise<string[]> {
  client.ws.send(text);
  client.ws.send(JSON.stringify({ type: "ping", id: "barrier" }));
  const answered = client.take((message) => "re" in message && message.re === "barrier").then(() => undefined);
  const closing = await Promise.race([answered, client.closed]);
  // Pages come a turn later than the barrier's answer; only refusals matter here.
  const refusals = client.inbox.splice(0).flatMap((message) => (message.type === "error" ? [message.code] : []));
  return closing === undefined ? refusals : [...refusals, closing.reason];
}

test(`${RUNS} frames, right, nearly right and random: always a documented code, never the end`, async () => {
  const limits = { messages: { perSecond: 1_000_000, burst: 1_000_000 } };
  const hub = await startTestHub({ gateway: { limits } });
  const anna = new Person(hub, "anna");
  let client = await connectValidator(hub, anna, 100);
  await client.request({ type: "subscribe" });
  await fc.assert(
    fc.asyncProperty(frame, async (text) => {
      const codes = await codesFor(client, text);
      for (const code of codes) expect(isErrorCode(code), code).toBe(true);
      if (client.ws.readyState !== client.ws.OPEN) client = await connect(hub);
    }),
    { numRuns: RUNS },
  );
  expect(hub.events.map(({ name }) => name)).not.toContain("failed");
  expect(await client.request({ type: "ping" })).toMatchObject({ type: "pong" });
});
