import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import { accountsOf, ledgerRoot } from "pos-shared/ledger/ledger.ts";
import type { Block } from "pos-shared/model/block.ts";
import { err, ok } from "pos-shared/model/result.ts";
import { describe, expect, it } from "vitest";
import type { BlockSource } from "../../src/replica/block-source.ts";
import { linkTexts } from "../../src/replica/link-texts.ts";
import { KEPT_BLOCKS } from "../../src/replica/recent-blocks.ts";
import { VerifiedChain } from "../../src/replica/verified-chain.ts";
import { ANNA, BEN, hubWithBlocks, sealNext, sourceOf, Watcher } from "../support/chain-of-simulation.ts";

const PAGE_BLOCKS = 5;
const hub = playedHub();
const blocks = hub.rounds.map(({ block }) => block);

/** Plain blocks, and in between a bond, an unbonding that falls due, and a transfer. */
function playedHub() {
  const played = hubWithBlocks(3);
  played.transact(ANNA, { type: "bond", nonce: 2, amount: 10 });
  for (let i = 0; i < 3; i++) sealNext(played, [ANNA]);
  played.transact(BEN, { type: "unbond", nonce: 2, amount: 20 });
  for (let i = 0; i < 12; i++) sealNext(played, [ANNA]);
  return played;
}

/** Serves few blocks a page, as text; `asked` are the first ones of the pages. */
function textsOf(some: readonly unknown[], change = (text: string) => text) {
  const asked: number[] = [];
  const blockTexts: BlockSource["blockTexts"] = (from, limit) => {
    asked.push(from);
    const asks = Math.min(limit, PAGE_BLOCKS);
    const page = some.slice(from - 1, from - 1 + asks);
    return { blocks: asks, texts: Promise.resolve(ok(Buffer.from(change(page.map(canonicalize).join(","))))) };
  };
  return { asked, source: sourceOf(hub, { blockTexts }) };
}

function link(source: BlockSource, last: number, chain = new VerifiedChain(hub.network)) {
  const one: number[] = [];
  const linking = linkTexts({
    chain,
    source,
    last,
    takeOne: async (value) => {
      const taken = chain.extendByLinks(value);
      if (taken.ok) one.push(taken.value.block.index);
      return taken.ok;
    },
    pageDone: async () => true,
  });
  return linking.then(() => ({ chain, one }));
}

const viewOf = ({ head: { tip, ledger }, columns }: VerifiedChain) => ({
  tip,
  root: ledgerRoot(ledger),
  accounts: accountsOf(ledger),
  rows: Array.from({ length: columns.length }, (_, i) => columns.factsAt(i + 1)),
});

function byObjects(last: number): VerifiedChain {
  const chain = new VerifiedChain(hub.network);
  for (const block of blocks.slice(0, last)) chain.extendByLinks(block);
  return chain;
}

describe("links of a long gap from blocks as text (SPEC §7, PERFORMANCE: replica catch-up)", () => {
  it("come to the same chain as block by block, wherever they end", async () => {
    for (let last = 1; last <= blocks.length; last++) {
      const { chain } = await link(textsOf(blocks).source, last);
      expect(viewOf(chain)).toEqual(viewOf(byObjects(last)));
      expect(chain.headBlock).toEqual(blocks[last - 1]);
    }
  });

  it("make objects only of blocks with transactions, and where stake falls due", async () => {
    const { one } = await link(textsOf(blocks).source, blocks.length);
    const withTransactions = blocks.filter(({ transactions }) => transactions.length > 0).map(({ index }) => index);
    expect(withTransactions).toHaveLength(3);
    expect(one).toEqual([...withTransactions, (withTransactions[2] ?? 0) + 2]);
  });

  it("ask for each page once, while the one before is looked at", async () => {
    const { asked, source } = textsOf(blocks);
    await link(source, blocks.length);
    expect(asked).toEqual([1, 6, 11, 16]);
  });

  it("stop before a block that does not fit, whatever is wrong with it", async () => {
    const wrong = blocks.map((block) => (block.index === 8 ? { ...block, bpm: 99 } : block)) as Block[];
    const { chain } = await link(textsOf(wrong).source, blocks.length);
    expect(chain.head.tip.index).toBe(7);
    expect(viewOf(chain)).toEqual(viewOf(byObjects(7)));
  });

  it.each([
    ["cut off", (text: string) => text.slice(0, -10)],
    ["no JSON", (text: string) => text.replace('"index":6,', '"index":6;')],
    ["more than blocks", (text: string) => `${text},{"a":"}{"},1`],
    ["nothing", () => ""],
  ])("stop where a page is %s, and leave it to others to say so", async (_, change) => {
    const { chain } = await link(textsOf(blocks, change).source, blocks.length);
    expect(chain.head.tip.index).toBeLessThan(blocks.length);
    expect(viewOf(chain)).toEqual(viewOf(byObjects(chain.head.tip.index)));
  });

  it("stop where the connection is lost", async () => {
    const source = sourceOf(hub, {
      blockTexts: (_, blocks) => ({ blocks, texts: Promise.resolve(err({ kind: "lost", reason: "gone" })) }),
    });
    const { chain } = await link(source, blocks.length);
    expect(chain.head.tip.index).toBe(0);
  });
});

describe("a replica that joins a long chain", () => {
  const long = hubWithBlocks(0);
  for (let i = 0; i < KEPT_BLOCKS + 60; i++) sealNext(long, [ANNA]);
  const texts = long.rounds.map(({ block }) => canonicalize(block));
  const blockTexts: BlockSource["blockTexts"] = (from, blocks) => ({
    blocks,
    texts: Promise.resolve(ok(Buffer.from(texts.slice(from - 1, from - 1 + blocks).join(",")))),
  });

  it("is told of the newest plain blocks only, and of all where it asks for them", { timeout: 120_000 }, async () => {
    const joining = Watcher.of(long);
    joining.needsEveryBlock = false;
    expect(await joining.follow(long, sourceOf(long, { blockTexts }))).toEqual(ok(undefined));
    // The first has transactions.
    expect(joining.blocks.map(({ block }) => block.index).slice(0, 3)).toEqual([1, 61, 62]);
    expect(joining.chain.head.tip.index).toBe(KEPT_BLOCKS + 60);
    expect(joining.chain.recent.get(61)).toBeDefined();
    expect(joining.runtime.growths).toEqual({ begun: 1, ended: 1 });

    const following = Watcher.of(long);
    await following.follow(long, sourceOf(long, { blockTexts }));
    expect(following.blocks.map(({ block }) => block.index).slice(0, 3)).toEqual([1, 2, 3]);
    expect(following.runtime.growths).toEqual({ begun: 0, ended: 0 });
    // What is confirmed in the background meanwhile is another matter.
    const { rows: _, ...joined } = viewOf(joining.chain);
    expect(viewOf(following.chain)).toMatchObject(joined);
    for (const watcher of [joining, following]) watcher.replica.leave();
  });

  it("clears its garbage away also where a hub keeps its pages back and the connection ends", async () => {
    const lost: BlockSource["blockTexts"] = (_, blocks) => ({
      blocks,
      texts: Promise.resolve(err({ kind: "lost", reason: "no answer" })),
    });
    const watcher = Watcher.of(long);
    watcher.needsEveryBlock = false;
    const blocksLost: BlockSource["blocks"] = async () => err({ kind: "lost", reason: "no answer" });
    const source = sourceOf(long, { blockTexts: lost, blocks: blocksLost });
    expect(await watcher.follow(long, source)).toEqual(err("no answer"));
    expect(watcher.runtime.growths).toEqual({ begun: 1, ended: 1 });
  });
});
