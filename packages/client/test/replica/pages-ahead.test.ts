import { ok } from "pos-shared/model/result.ts";
import { describe, expect, it } from "vitest";
import { PagesAhead } from "../../src/replica/pages-ahead.ts";

/** A source that serves at most so many blocks a page, whatever was asked for. */
function pagesOf(last: number, serves: number) {
  const asked: [from: number, limit: number][] = [];
  const pages = new PagesAhead((from, limit) => {
    asked.push([from, limit]);
    return { blocks: limit, texts: Promise.resolve(ok(Buffer.from(`${from}`))) };
  }, last);
  return {
    asked,
    /** Takes all pages in their order; the first block of each. */
    takeAll: async () => {
      const taken: number[] = [];
      for (let from = 1; from <= last; ) {
        const page = await pages.take(from);
        taken.push(Number(page.ok && page.value.toString()));
        const [, limit = 0] = asked.findLast(([first]) => first === from) ?? [];
        from += Math.min(limit, serves, last - from + 1);
      }
      return taken;
    },
    take: (from: number) => pages.take(from),
  };
}

describe("pages of a long chain that are asked for ahead (PERFORMANCE: replica catch-up)", () => {
  it("are two beyond the one that is looked at, and none beyond the last block", async () => {
    const { asked, take } = pagesOf(2_000, 512);
    await take(1);
    expect(asked).toEqual([
      [1, 512],
      [513, 512],
      [1_025, 512],
    ]);
    await take(513);
    expect(asked.slice(3)).toEqual([[1_537, 464]]);
    await take(1_025);
    expect(asked).toHaveLength(4);
  });

  it("come in their order, each asked for once, where the hub serves what it is asked for", async () => {
    const { asked, takeAll } = pagesOf(3_000, 512);
    expect(await takeAll()).toEqual([1, 513, 1_025, 1_537, 2_049, 2_561]);
    expect(asked).toHaveLength(6);
  });

  it.each([1, 3, 100, 511])(
    "come in their order where the hub serves %i at once, and few are asked for in vain",
    async (serves) => {
      const { asked, takeAll } = pagesOf(2_000, serves);
      const taken = await takeAll();
      expect(taken).toEqual([...taken].sort((a, b) => a - b));
      expect(taken[0]).toBe(1);
      // Never more than what is kept under way for each that is taken.
      expect(asked.length).toBeLessThanOrEqual(3 * taken.length);
    },
  );

  it("are no more than three at once, though a hub serves one block a page and keeps all others back", async () => {
    let open = 0;
    let most = 0;
    let wanted = 1;
    const pages = new PagesAhead((from, limit) => {
      most = Math.max(most, ++open);
      const texts = from === wanted ? Promise.resolve(ok(Buffer.from("x"))) : new Promise<never>(() => {});
      void texts.then(() => open--);
      return { blocks: limit, texts };
    }, 10_000);
    for (; wanted <= 200; wanted++) {
      const page = await pages.take(wanted).then(
        (came) => came.ok,
        () => false,
      );
      expect(page).toBe(true);
    }
    expect(most).toBeLessThanOrEqual(3);
  });
});
