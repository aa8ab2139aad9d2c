/** Pages are shared between joiners (PERFORMANCE, rule 6), and their memory goes back once they are sent. */
import { expect, test, vi } from "vitest";
import { BlockPages } from "../../src/gateway/block-pages.ts";
import type { HubPort } from "../../src/sequencer/hub-port.ts";
import { connect } from "./support/client.ts";
import { startTestHub } from "./support/test-hub.ts";

const MIB = 1024 * 1024;
const KEPT_PAGES = 8;

/** A hub of so many blocks, whose pages say nothing but where they begin. */
function pagesOf(tipIndex: number, count = 1): { readonly pages: BlockPages; readonly hub: { tipIndex: number } } {
  const hub = { tipIndex };
  const port: Pick<HubPort, "status" | "readBlocks"> = {
    status: () => ({ tip: { index: hub.tipIndex } }) as ReturnType<HubPort["status"]>,
    readBlocks: (from) => ({ count, text: bytesOf(`page ${from}`) }),
  };
  return { pages: new BlockPages(port as HubPort), hub };
}

/** As the store gives it: memory of its own. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(new ArrayBuffer(text.length));
  bytes.write(text);
  return bytes;
}

test("a page that was asked for again is the same bytes, until the chain has grown past its end", () => {
  const { pages, hub } = pagesOf(3);
  const page = pages.read(3, 10);
  expect(pages.read(3, 10)).toBe(page);
  hub.tipIndex = 4;
  expect(pages.read(3, 10)).not.toBe(page);
  expect(page.text).toHaveLength(0);
});

test("a page's memory goes back when it is not kept any more, not before the last who holds it lets go", () => {
  const { pages } = pagesOf(100);
  const page = pages.read(1, 1);
  const [first, second] = [page.hold(), page.hold()];
  for (let i = 0; i < KEPT_PAGES; i++) pages.read(i + 2, 1);
  expect(page.text.toString()).toBe("page 1");
  first();
  first();
  expect(page.text.toString()).toBe("page 1");
  second();
  expect(page.text).toHaveLength(0);
});

test("a text that shares its memory with others is left alone", () => {
  const neighbour = Buffer.from("a neighbour");
  const pages = new BlockPages({
    status: () => ({ tip: { index: 100 } }),
    readBlocks: () => ({ count: 1, text: Buffer.from("short") }),
  } as unknown as HubPort);
  const page = pages.read(1, 1);
  for (let i = 0; i < KEPT_PAGES; i++) pages.read(i + 2, 1);
  expect(page.text.toString()).toBe("short");
  expect(neighbour.toString()).toBe("a neighbour");
});

test("a slow joiner gets its pages unharmed, though others have gone on and one has left in the midst of a page", async () => {
  const letters = (from: number): string => String.fromCharCode(97 + (from % 26)).repeat(MIB);
  const freed: Buffer[] = [];
  const hub = await startTestHub({
    gateway: { limits: { maxWaitingPages: 64 } },
    port: (port) => ({
      ...port,
      readBlocks: (from) => {
        const text = bytesOf(`"${letters(from)}"`);
        freed.push(text);
        return { count: 1, text };
      },
    }),
  });
  const [slow, leaving, quick] = [await connect(hub), await connect(hub), await connect(hub)];
  for (const client of [slow, leaving]) client.ws.pause();
  const ids = Array.from({ length: 8 }, (_, i) => slow.send({ type: "blocks", from: i + 1, limit: 1 }));
  for (let i = 0; i < 8; i++) leaving.send({ type: "blocks", from: i + 1, limit: 1 });
  await vi.waitFor(() => expect(freed.length).toBeGreaterThan(0));
  leaving.ws.terminate();
  for (let from = 1; from <= 24; from++) await quick.request({ type: "blocks", from, limit: 1 });
  slow.ws.resume();
  for (const [i, id] of ids.entries()) {
    const reply = await slow.take((message) => "re" in message && message.re === id);
    expect(reply).toMatchObject({ blocks: [letters(i + 1)] });
  }
  for (let from = 25; from <= 32; from++) await quick.request({ type: "blocks", from, limit: 1 });
  // All that was sent and is not among the last eight pages.
  await vi.waitFor(() => expect(freed.filter(({ length }) => length > 0)).toHaveLength(KEPT_PAGES));
});
