/** What it costs to make records durable: one at a time, and a thousand in one commit. */
import { join } from "node:path";
import { leafHashHexOfText } from "pos-shared/crypto/merkle.ts";
import { sign } from "pos-shared/crypto/signature.ts";
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
    const texts = records.map(({ text, receipt }) => `${text}${receipt.signature}`);
    let round = 0;
    try {
      const ofNextRound = () => {
        round += 1;
        return records.map((record) => ({ ...record, round }));
      };
      const one = () => {
        const next = ofNextRound().slice(0, singles);
        return rate(singles, () => {
          for (const record of next) store.commit([record]);
        });
      };
      const all = () => {
        const next = ofNextRound();
        return rate(group, () => store.commit(next));
      };
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

function recordsFor(chainId: string, size: number) {
  const slot = { round: 1, prevHash: chainId, seed: chainId };
  return makeField(chainId, slot, keysOf(0, size)).map((proposal) => {
    const text = proposalText(proposal);
    const leaf = leafHashHexOfText(text);
    const unsigned = { round: 1, leaf };
    const receipt = { ...unsigned, signature: sign(HUB_KEY, "receipt", chainId, unsigned) };
    return { kind: "proposal", round: 1, text, receipt } as const;
  });
}

function atLeast(value: number) {
  return { of: "ratio", is: "at least", value } as const;
}
