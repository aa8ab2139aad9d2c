import type { Dropped } from "./batches.ts";
import type { Effect } from "./effects.ts";

/** Transactions that became invalid before they were recorded are forgotten, and their authors told (SPEC §6). */
export function dropEffects(dropped: readonly Dropped[]): Effect[] {
  return dropped.flatMap(({ waiting: { leaf, transaction }, fault }): Effect[] => [
    { kind: "persist", record: { kind: "dropped", leaf } },
    { kind: "broadcast", broadcast: { kind: "dropped", leaf, transaction, fault } },
  ]);
}
