/** What a file system refused, in words instead of its own codes. */
import { getSystemErrorMessage } from "node:util";

/** As in `permission denied`; what is no error of the system speaks for itself. */
export function storageReasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return isSystemError(error) ? getSystemErrorMessage(error.errno) : error.message;
}

/** As `storageReasonOf`, with the path that was refused. */
export function storageFailureOf(error: unknown): string {
  const path = error instanceof Error && isSystemError(error) ? error.path : undefined;
  return path === undefined ? storageReasonOf(error) : `${path}: ${storageReasonOf(error)}`;
}

/** What to do where a client's own folder is refused. */
const OTHER_HOME = "Make that place writable, or name another one in XDG_CONFIG_HOME.";

/** Something of the client's own could not be read or written. */
export function homeSentenceOf(path: string, reason: string): string {
  return `${path} cannot be read or written: ${reason}. ${OTHER_HOME}`;
}

/** What ended the program, as a sentence. */
export function endSentenceOf(error: unknown): string {
  if (error instanceof Error && isSystemError(error) && error.path !== undefined)
    return homeSentenceOf(error.path, storageReasonOf(error));
  return storageReasonOf(error);
}

function isSystemError(error: Error): error is Error & { readonly errno: number; readonly path?: string } {
  return "errno" in error && typeof error.errno === "number";
}
