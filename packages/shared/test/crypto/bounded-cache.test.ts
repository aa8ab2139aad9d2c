import { describe, expect, test } from "vitest";
import { BoundedCache } from "../../src/crypto/bounded-cache.ts";

describe("a bounded cache", () => {
  test("computes as many values as it has room for once each, whatever the value", () => {
    const computed: string[] = [];
    const cache = new BoundedCache<boolean>(3);
    const ask = (key: string) =>
      cache.get(key, () => {
        computed.push(key);
        return key === "b";
      });
    for (let turn = 0; turn < 3; turn++) expect(["a", "b", "c"].map(ask)).toEqual([false, true, false]);
    expect(computed).toEqual(["a", "b", "c"]);
  });

  test("forgets what was not asked for while two generations passed, and keeps what was", () => {
    const computed: string[] = [];
    const cache = new BoundedCache<string>(2);
    const ask = (key: string) =>
      cache.get(key, () => {
        computed.push(key);
        return key;
      });
    for (const key of ["kept", "lost", "a", "kept", "b", "kept", "c"]) ask(key);
    computed.length = 0;
    ask("kept");
    ask("lost");
    expect(computed).toEqual(["lost"]);
  });
});
