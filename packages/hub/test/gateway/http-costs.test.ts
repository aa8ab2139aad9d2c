/** No request of HTTP costs the hub much more than its price, however large the blocks are (PERFORMANCE, rule 6). */
import { expect, test, vi } from "vitest";
import { PAGE_COST, priceOfBlock, USUAL_COST } from "../../src/gateway/http/price.ts";
import type { BlockPage } from "../../src/sequencer/hub-port.ts";
import { connectValidator, sealRounds } from "./support/client.ts";
import { largePage } from "./support/large-page.ts";
import { Person } from "./support/person.ts";
import { RawClient } from "./support/raw-client.ts";
import { startTestHub, type TestHub } from "./support/test-hub.ts";

const MIB = 1024 * 1024;

const get = (hub: TestHub, path: string) => fetch(hub.gateway.http + path);

/** A hub with two blocks, and each page of blocks that was read of its store. */
async function startCountingHub() {
  const reads: [from: number, limit: number][] = [];
  const hub = await startTestHub({
    port: (port) => ({
      ...port,
      readBlocks: (from, limit): BlockPage => {
        reads.push([from, limit]);
        return port.readBlocks(from, limit);
      },
    }),
  });
  const anna = new Person(hub, "anna");
  const client = await connectValidator(hub, anna, 100);
  await sealRounds(hub, client, anna, 2);
  return { hub, reads, sealOne: () => sealRounds(hub, client, anna, 1) };
}

test("/ reads the last block once, however often it is asked for, and the next one when it is there", async () => {
  const { hub, reads, sealOne } = await startCountingHub();
  for (let i = 0; i < 5; i++)
    expect(await (await get(hub, "/")).text()).toContain("The last block is number 2: anna won");
  expect(reads).toEqual([[2, 1]]);
  await sealOne();
  for (let i = 0; i < 5; i++)
    expect(await (await get(hub, "/")).text()).toContain("The last block is number 3: anna won");
  expect(reads).toEqual([
    [2, 1],
    [3, 1],
  ]);
});

test("a block is read once for all who ask for it, and sent as it is stored", async () => {
  const { hub, reads } = await startCountingHub();
  const stored = hub.port.readBlocks(1, 1).text.toString();
  reads.length = 0;
  for (let i = 0; i < 5; i++) {
    const response = await get(hub, "/api/blocks/1");
    expect(response.headers.get("content-length")).toBe(String(Buffer.byteLength(stored)));
    expect(await response.text()).toBe(stored);
  }
  expect(reads).toEqual([[1, 1]]);
});

test("a block takes a place among the pages that are sent at once", async () => {
  const hub = await startTestHub({
    port: (port) => ({
      ...port,
      status: () => ({ ...port.status(), tip: { index: 1, hash: port.chainId } }),
      readBlocks: () => largePage(16 * MIB),
    }),
    gateway: { limits: { maxHttpPages: 1 } },
  });
  const deaf = new RawClient(hub);
  deaf.socket.once("data", () => deaf.socket.pause());
  deaf.socket.write("GET /api/blocks/1 HTTP/1.1\r\nhost: hub\r\n\r\n");
  await new Promise((resolve) => deaf.socket.once("pause", resolve));
  expect((await get(hub, "/api/blocks/1")).status).toBe(503);
  deaf.socket.destroy();
  await vi.waitFor(async () => expect((await get(hub, "/api/blocks/1")).status).toBe(200));
});

test("a block is priced by its bytes, without being read: a small one as any answer, a mebibyte as a page", async () => {
  const { hub, reads } = await startCountingHub();
  expect(hub.port.sizeOfBlock(1)).toBe(hub.port.readBlocks(1, 1).text.length);
  expect(hub.port.sizeOfBlock(3)).toBe(0);
  reads.length = 0;
  for (const index of ["0", "1", "2", "3", "-1", "one", "1e99"]) expect(priceOfBlock(hub.port, index)).toBe(USUAL_COST);
  expect(priceOfBlock({ sizeOfBlock: () => MIB }, "1")).toBe(USUAL_COST + PAGE_COST);
  expect(reads).toEqual([]);
});
