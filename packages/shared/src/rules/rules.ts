import type { ConsensusRule } from "./consensus-rule.ts";
import { stakeLottery } from "./stake-lottery/stake-lottery.ts";

/** Every consensus rule that a genesis may name. */
const RULES: readonly ConsensusRule[] = [stakeLottery];

/** The rule that a genesis names, undefined for one that does not exist here. */
export function findRule(name: string): ConsensusRule | undefined {
  return RULES.find((rule) => rule.name === name);
}

/** Names of all rules, for messages. */
export const ruleNames: readonly string[] = RULES.map((rule) => rule.name);
