import type { Block } from "pos-shared/model/block.ts";
import type { Client } from "./client.ts";

/** What a real client complains of, and whether it heard each block once, in order, as the chain has it; in words. */
export function storyFaults({ events }: Client, chain: readonly Block[]): readonly string[] {
  const told = events.all("block");
  const first = told[0]?.index ?? 0;
  return [
    ...[...events.all("alarm"), ...events.all("slashed")].map((event) => JSON.stringify(event)),
    ...told.flatMap(({ index, hash }, i) => {
      if (index !== first + i) return [`block ${index} is the ${i + 1}th after ${first}`];
      return index > chain.length || chain[index - 1]?.hash === hash ? [] : [`block ${index} is another one`];
    }),
  ];
}

/** Who was slashed, and by which block. */
export function slashesIn(chain: readonly Block[]): readonly string[] {
  return chain.flatMap(({ index, transactions }) =>
    transactions.flatMap((transaction) =>
      transaction.type === "slash" ? [`block ${index}: ${JSON.stringify(transaction.evidence)}`] : [],
    ),
  );
}
