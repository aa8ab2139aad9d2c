import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import type { GenesisSettings } from "../config/hub-config.ts";
import type { DataFault } from "./data-fault.ts";
import type { GivenGenesis } from "./genesis-file.ts";

type Asked = readonly [field: keyof GivenGenesis, value: unknown, source: string];

/**
 * What genesis fixes cannot be changed by a flag, a variable or a genesis file: the first setting that asks for
 * something else, or undefined (DESIGN §10). The same value again is no contradiction, so that one command line serves
 * every start.
 */
export function findChangedParameter(
  genesis: Genesis,
  settings: GenesisSettings,
  given: GivenGenesis,
): DataFault | undefined {
  const { network, faucet, blockReward, activationDelay, file } = settings;
  const asked: Asked[] = [];
  if (network) asked.push(["network", network.value, network.source]);
  if (faucet) asked.push(["faucet", faucet.value, faucet.source]);
  if (blockReward) asked.push(["blockReward", blockReward.value, blockReward.source]);
  if (activationDelay) asked.push(["activationDelay", activationDelay.value, activationDelay.source]);
  const isBeaten = (field: string) => asked.some(([already]) => already === field);
  const ofFile = Object.entries(given).filter(([field]) => !isBeaten(field));
  for (const [field, value] of ofFile) asked.push([field as keyof GivenGenesis, value, file?.source ?? "--genesis"]);
  for (const [field, value, source] of asked) {
    const expected = textOf(genesis[field]);
    const actual = textOf(value);
    if (expected !== actual) return { code: "GENESIS_FIXED", source, field, expected, actual };
  }
  return undefined;
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    return canonicalize(value);
  } catch {
    return "something that has no canonical form";
  }
}
