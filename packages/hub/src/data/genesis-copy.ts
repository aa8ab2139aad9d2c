import { openNetwork } from "pos-shared/chain/network.ts";
import { chainIdOf, type Genesis } from "pos-shared/model/genesis.ts";
import { readIfThere, writeDurably } from "../store/durable-file.ts";
import type { DataFault } from "./data-fault.ts";
import { findUnreadable } from "./readable.ts";

/** Writes genesis beside the chain, where people and other programs find it. The store has its own. */
export function writeGenesisCopy(file: string, genesis: Genesis): void {
  writeDurably(file, `${JSON.stringify(genesis, null, 2)}\n`, 0o600);
}

/** What keeps the copy from being that of this chain, or undefined: also where there is no copy. */
export function findGenesisCopyFault(file: string, genesis: Genesis): DataFault | undefined {
  const unreadable = findUnreadable(file);
  if (unreadable !== undefined) return unreadable;
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { code: "GENESIS_DAMAGED", file, path: "", expected: "JSON text", actual: "something else" };
  }
  const opened = openNetwork(value);
  if (!opened.ok) return { code: "GENESIS_DAMAGED", file, ...opened.error };
  const expected = chainIdOf(genesis);
  const actual = opened.value.chainId;
  return expected === actual ? undefined : { code: "GENESIS_FOREIGN", file, expected, actual };
}
