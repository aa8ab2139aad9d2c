import { err, ok, type Result } from "../../model/result.ts";
import type { CheckFailure } from "../../rules/check.ts";
import { type Network, openNetwork } from "../network.ts";

/** Rule `genesis`: its form, its accounts, a rule that exists, that rule's params (SPEC §2, §7; index 0). */
export function verifyGenesis(value: unknown): Result<Network, CheckFailure> {
  const opened = openNetwork(value);
  if (opened.ok) return ok(opened.value);
  const { path, expected, actual } = opened.error;
  return err({ rule: "genesis", index: 0, expected: `${path || "genesis"}: ${expected}`, actual });
}
