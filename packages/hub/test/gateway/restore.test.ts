/** What clients give back to a hub that was restored from a backup comes in pieces (DESIGN §9). */

import { expect, test } from "vitest";
import type { HubPort } from "../../src/sequencer/hub-port.ts";
import { connect, type TestClient } from "./support/client.ts";
import { startTestHub } from "./support/test-hub.ts";

/** A hub that recovers and takes everything; and what it was given. */
async function recoveringHub(limits: { readonly maxRestoreUnits: number; readonly maxRestoreTotalUnits: number }) {
  const given: unknown[] = [];
  const recovering = (port: HubPort): HubPort => ({
    ...port,
    isRecovering: () => true,
    restore: (_kind, value) => {
      given.push(value);
      return true;
    },
  });
  return { hub: await startTestHub({ port: recovering, gateway: { limits } }), given };
}

const piece = async (client: TestClient, text: string, isLast = false) => {
  const reply = await client.request({ type: "restore", kind: "block", text, isLast });
  return reply.type === "error" ? reply.code : reply.type;
};

test("pieces are put together", async () => {
  const { hub, given } = await recoveringHub({ maxRestoreUnits: 10, maxRestoreTotalUnits: 10 });
  const client = await connect(hub);
  expect([await piece(client, "[1,"), await piece(client, "2,"), await piece(client, "3]", true)]).toEqual(
    Array(3).fill("restored"),
  );
  expect(given).toEqual([[1, 2, 3]]);
});

test("one client keeps no more of them in memory than a block has, all together no more than a few blocks have", async () => {
  const { hub, given } = await recoveringHub({ maxRestoreUnits: 10, maxRestoreTotalUnits: 15 });
  const [anna, ben] = [await connect(hub), await connect(hub)];
  expect([await piece(anna, "[".repeat(10)), await piece(anna, "[")]).toEqual(["restored", "NOT_MISSING"]);
  expect([await piece(anna, "[".repeat(10)), await piece(ben, "[".repeat(6))]).toEqual(["restored", "NOT_MISSING"]);
  expect(await piece(ben, "[]", true)).toBe("restored");
  // Who leaves takes what was not whole along.
  anna.ws.close();
  await anna.closed;
  expect(await piece(ben, "[".repeat(10))).toBe("restored");
  expect(given).toEqual([[]]);
});
