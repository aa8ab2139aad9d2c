import type { Hex } from "../encoding/hex.ts";
import type { FormFault } from "../model/form.ts";
import { chainIdOf, checkGenesis, type Genesis } from "../model/genesis.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { ConsensusRule } from "../rules/consensus-rule.ts";
import { findRule, ruleNames } from "../rules/rules.ts";

/** What is fixed for a network, and what its rules need to look up. */
export interface Network {
  readonly genesis: Genesis;
  readonly chainId: Hex;
  readonly rule: ConsensusRule;
}

/** Checks a genesis whole and names its network (rule `genesis` of SPEC §7). */
export function openNetwork(value: unknown): Result<Network, FormFault> {
  const checked = checkGenesis(value);
  if (!checked.ok) return checked;
  const genesis = checked.value;
  const rule = findRule(genesis.rule);
  if (rule === undefined)
    return err({ path: "rule", expected: ruleNames.join(" or "), actual: JSON.stringify(genesis.rule) });
  const fault = rule.findParamsFault(genesis.params);
  return fault === undefined ? ok({ genesis, chainId: chainIdOf(genesis), rule }) : err(fault);
}

/** A network that is known to be right, as one that this program made itself. */
export function networkOf(genesis: Genesis): Network {
  const network = openNetwork(genesis);
  if (!network.ok)
    throw new Error(`a wrong genesis: ${network.error.path}: ${network.error.expected}, not ${network.error.actual}`);
  return network.value;
}
