import { type Network, openNetwork } from "pos-shared/chain/network.ts";
import { StoreError } from "./store-error.ts";
import { parseJson } from "./stored-json.ts";

/**
 * The network of a stored genesis.
 *
 * @throws StoreError STORE_DAMAGED
 */
export function parseGenesis(text: string): Network {
  const opened = openNetwork(parseJson(text, "genesis"));
  if (opened.ok) return opened.value;
  const { path, expected, actual } = opened.error;
  throw new StoreError({ code: "STORE_DAMAGED", what: `genesis ${path}`.trim(), expected, actual });
}
