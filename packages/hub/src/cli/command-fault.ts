import type { VerifyFinding } from "../data/verify-chain.ts";
import type { HubFault } from "./hub-fault.ts";

/** Why a command ends with exit code 1. */
export type CommandFault = HubFault | { readonly code: "CHAIN_WRONG"; readonly finding: VerifyFinding };
