/** What it costs to make records durable: one at a time, and a thousand in one commit. */
import { join } from "node:path";
import type { PersistRecord } from "pos-shared/chain/round/effects.ts";
import { leafHashOfText } from "pos-shared/crypto/merkle.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import { toHex } from "pos-shared/encoding/hex.ts";
import { proposalText } from "pos-shared/model/proposal-text.ts";
import { SyncedFile } from "../baselines/sync-each.ts";
import { interleave } from "../run/interleave.ts";
import { count, pick, type Row } from "../run/row.ts";
import { HUB_KEY, keysOf } from "../support/bench-network.ts";
import { makeDataDirectory, openDirectory } from "../support/data-directory.ts";
import { makeField } from "../support/field.ts";

const WHAT = "durable append, one / group of 1,000";
const MS_PER_SECOND = 1_000;

export const append: Row = {
  name: "append",
  isDurable: true,
  async *run(bench) {
    const { directory, repetitions } = bench;
    const singles = pick(bench, 10, 500);
    const group = pick(bench, 50, 1_000);
    const data = join(directory, "data");
    makeDataDirectory(data, 1);
    const { store, network, close } = openDirectory(data);
    const records = recordsFor(network.chainId, group);
    const file = new SyncedFile(join(directory, "records"));
    const texts = [...records].map((record) => (record.kind === "proposal" ? record.text : ""));
    let round = 0;
    try {
      const one = () =>
        rate(singles, () => {
          round += 1;
          for (const record of records.slice(0, singles)) store.commit([moved(record, round)]);
        });
      const all = () =>
        rate(group, () => {
          round += 1;
          store.commit(records.map((record) => moved(record, round)));
        });
      const bare = () =>
        rate(singles, () => {
          for (const text of texts.slice(0, singles)) file.append(text);
        });
      const alone = await interleave(repetitions, one, bare);
      const size = `${Math.round((texts[0] ?? "").length)} bytes a record`;
      yield { what: WHAT, size: `one, ${size}`, unit: "1/s", ...alone, goal: atLeast(0.9) };
      const together = await interleave(repetitions, all, bare);
      yield { what: WHAT, size: `group of ${count(group)}, ${size}`, unit: "1/s", ...together, goal: atLeast(40) };
    } finally {
      file.close();
      close();
    }
  },
};

/** Records a second. */
function rate(records: number, work: () => void): number {
  const startedMs = performance.now();
  work();
  return (records * MS_PER_SECOND) / (performance.now() - startedMs);
}

/** The same record for another round: stored beside the first. */
function moved(record: PersistRecord, round: number): PersistRecord {
  return record.kind === "proposal" ? { ...record, round } : record;
}

function recordsFor(chainId: string, size: number): readonly PersistRecord[] {
  const slot = { round: 1, prevHash: chainId, seed: chainId };
  return makeField(chainId, slot, keysOf(0, size)).map((proposal) => {
    const text = proposalText(proposal);
    const leaf = toHex(leafHashOfText(text));
    const unsigned = { round: 1, leaf };
    const receipt = { ...unsigned, signature: sign(HUB_KEY, "receipt", chainId, unsigned) };
    return { kind: "proposal", round: 1, leaf, proposal, text, receipt };
  });
}

function atLeast(value: number) {
  return { of: "ratio", is: "at least", value } as const;
}
