import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { networkOf } from "pos-shared/chain/network.ts";
import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import { expect, test } from "vitest";
import { createChainFile } from "../../src/store/create-chain.ts";
import { openDatabaseToRead } from "../../src/store/database.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { StoreReader } from "../../src/store/store-reader.ts";
import { anyCommits, RecordMaker } from "../support/record-arbitrary.ts";
import { StoreModel } from "../support/store-model.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { testGenesis } from "../support/test-chain.ts";

test("a store opened again has what plain lists of the same records have", () => {
  const { chainId } = networkOf(testGenesis());
  const directory = temporaryDirectory();
  let number = 0;
  fc.assert(
    fc.property(anyCommits, (commits) => {
      number += 1;
      const place = join(directory, String(number));
      mkdirSync(place);
      const path = join(place, "chain.db");
      createChainFile(path, testGenesis());
      const store = openSqliteStore(path);
      const model = new StoreModel(chainId);
      const maker = new RecordMaker();
      for (const happenings of commits) {
        const records = happenings.flatMap((what) => maker.make(what));
        store.commit(records);
        model.commit(records);
      }
      store.close();

      const database = openDatabaseToRead(path);
      const reader = new StoreReader(database);
      expect(reader.readState()).toEqual(model.state);
      expect(reader.readBlocks(1, 100, 1e9)).toEqual(model.blocks.map(({ block }) => canonicalize(block)));
      for (const { block, nextSeed } of model.blocks) expect(reader.seedAfter(block.hash)).toBe(nextSeed);
      for (let round = 0; round < 20; round++) expect(reader.readProposals(round)).toEqual(model.proposalsOf(round));
      expect(reader.winsOf()).toEqual(model.wins);
      database.close();
      rmSync(place, { recursive: true });
    }),
    { numRuns: 1_000 },
  );
});
