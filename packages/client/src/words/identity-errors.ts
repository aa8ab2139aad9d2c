import type { IdentityError, SigningError } from "../identity/identity-error.ts";
import { homeSentenceOf } from "./storage-failures.ts";

/** An error in plain English, one line. */
export function identitySentenceOf(error: IdentityError | SigningError): string {
  switch (error.code) {
    case "IDENTITY_IN_USE":
      return (
        `The identity ${error.name} is in use by process ${error.holder.pid} on ${error.holder.host}. ` +
        `Stop that one, or use another --name. (Lock: ${error.lockFile})`
      );
    case "IDENTITY_UNKNOWN":
      return `There is no identity ${error.name} on this machine. "pos-client keys" lists those there are.`;
    case "IDENTITY_NAME_EXISTS":
      return `There is an identity ${error.name} on this machine already.`;
    case "IDENTITY_KEY_EXISTS":
      return `This key is on this machine already, as ${error.name}.`;
    case "IDENTITY_DAMAGED":
      return `${error.file} cannot be used: ${error.reason}. Restore it, or move that identity's files away.`;
    case "IDENTITY_MALFORMED":
      return `That is no exported identity: ${error.reason}.`;
    case "IDENTITY_OF_OTHER_CHAIN":
      return `The identity belongs to the network ${error.actual}, not to ${error.expected}.`;
    case "IDENTITIES_BUSY":
      return `Another pos-client keeps ${error.folder} busy. Try again.`;
    case "IDENTITY_STORAGE_FAILED":
      return homeSentenceOf(error.path, error.reason);
    case "ALREADY_SIGNED":
      return `Something else was signed for ${error.slot} before, so nothing more is signed for it.`;
    case "SLOT_IN_DOUBT":
      return `A crash left it open whether something was signed for ${error.slot}, so nothing more is signed for it.`;
    case "SLOT_FORGOTTEN":
      return `${error.slot} is too old to know whether something was signed for it, so nothing is signed for it.`;
  }
}
