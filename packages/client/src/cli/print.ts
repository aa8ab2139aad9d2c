/** How the commands of `pos-client` speak: results to standard output, one line to standard error for what is wrong. */
import type { ConfigFault } from "../config/config-fault.ts";
import type { IdentityError } from "../identity/identity-error.ts";
import { clean } from "../words/clean.ts";
import { configSentenceOf } from "../words/config-faults.ts";
import { identitySentenceOf } from "../words/identity-errors.ts";

const PROGRAM = "pos-client";

/** Why a command did not do what it was asked for, and how the program ends (DESIGN §10). */
export interface Failure {
  readonly exitCode: 1 | 2;
  readonly sentence: string;
}

export function failed(sentence: string): Failure {
  return { exitCode: 1, sentence };
}

export function failedByIdentity(error: IdentityError): Failure {
  return failed(identitySentenceOf(error));
}

export function misused(fault: ConfigFault): Failure {
  return { exitCode: 2, sentence: configSentenceOf(fault) };
}

/** To be called once, at the end. */
export function report({ exitCode, sentence }: Failure): void {
  warn(sentence);
  process.exitCode = exitCode;
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One line on standard error, whatever somebody put into a file. */
export function warn(sentence: string): void {
  process.stderr.write(`${PROGRAM}: ${clean(sentence.replaceAll(/\s*\n\s*/g, " "))}\n`);
}

/** A reader that went away (`| head -1`) ends the program silently. */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit();
    });
  }
}
