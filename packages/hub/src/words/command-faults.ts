import type { CommandFault } from "../cli/command-fault.ts";
import { sentenceOfDataFault } from "./data-faults.ts";
import { sentenceOfListenFault } from "./listen-faults.ts";
import { sentenceOfVerifyFinding } from "./verify.ts";

/** Why a command ends with exit code 1, in one line. */
export function sentenceOfCommandFault(fault: CommandFault): string {
  switch (fault.code) {
    case "PORT_IN_USE":
    case "PORT_FORBIDDEN":
    case "HOST_UNKNOWN":
    case "BAD_CERTIFICATE":
    case "CANNOT_LISTEN":
      return sentenceOfListenFault(fault);
    case "TLS_FILE_UNREADABLE":
      return `${fault.file} cannot be read: ${fault.reason}. See --tls-cert and --tls-key.`;
    case "TOKEN_FILE_WRONG":
      return `${fault.file} cannot be used as the token: ${fault.reason}. See --token-file.`;
    case "HUB_BEHIND":
      return `A client knows block ${fault.index}, which this hub sealed and no longer has: the data is an older copy. Put the newest copy back (and start with --recover 30s, so that clients give back the rest), or start anew with --fresh.`;
    case "HUB_INCOMPLETE":
      return `A proposal of round ${fault.round} came back, and the stake of its author, from the same round, did not: a block of it would be wrong. Start the client of that validator and then the hub once more, with --recover 2m, so that it gives the rest back; or start anew with --fresh.`;
    case "CHAIN_WRONG":
      return sentenceOfVerifyFinding(fault.finding);
    default:
      return sentenceOfDataFault(fault);
  }
}
