/**
 * A process that writes a chain to a store for as long as it is let: `node committing-child.ts FILE`. After each commit
 * it says on a line what is durable now: index of the last block, accepted proposals of the open round.
 */
import { writeSync } from "node:fs";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { keyOf, TestChain } from "./test-chain.ts";

const [, , path = ""] = process.argv;
const store = openSqliteStore(path);
let index = 0;
let proposals = 0;
const chain = new TestChain(store.genesis, (records) => {
  store.commit(records);
  for (const { kind } of records) {
    if (kind === "proposal") proposals += 1;
    if (kind === "block") [index, proposals] = [index + 1, 0];
  }
  writeSync(1, `${index} ${proposals}\n`);
});
const keys = [keyOf(2), keyOf(3), keyOf(4)];
for (const [i, key] of keys.entries()) chain.join(key, `name-${i}`, 100);
for (;;) chain.run(1, keys);
