import { readFileSync } from "node:fs";
import { anyOf, conforms, type Of, record } from "pos-shared/model/form.ts";
import { type Opening, openingForm } from "pos-shared/model/opening.ts";
import { proposalForm } from "pos-shared/model/proposal.ts";
import {
  proposalReceiptForm,
  type ReceiptedProposal,
  type ReceiptedTransaction,
  transactionReceiptForm,
} from "pos-shared/model/receipt.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { transactionForm } from "pos-shared/model/transaction.ts";
import type { Held } from "pos-shared/rules/check.ts";
import { appendToFile, replaceFile } from "./durable-file.ts";
import { type IdentityError, storageFailure } from "./identity-error.ts";
import { parseJson } from "./identity-file.ts";

const receiptedProposalForm = record({ proposal: proposalForm, receipt: proposalReceiptForm });
const receiptedTransactionForm = record({ transaction: transactionForm, receipt: transactionReceiptForm });
const lineForm = anyOf(openingForm, receiptedProposalForm, receiptedTransactionForm);
type Line = Of<typeof lineForm>;

/** How much more than what is kept the file holds before it is written anew without the oldest. */
const SLACK = 1.25;

/**
 * What the hub signed for this identity, kept so that after a restart too a client can prove what the hub left out
 * (SPEC §7: `ownScore`, `ownRound`, `ownTransaction`). Evidence, not safety: a line that cannot be read is skipped.
 */
export class Receipts {
  readonly #file: string;
  readonly #keep: number;
  #lines: Line[];

  /** @throws the file system's errors */
  constructor(file: string, keep: number) {
    this.#file = file;
    this.#keep = keep;
    this.#lines = readLines(file);
  }

  /** Survives the end of the program at once, and a loss of power soon. */
  add(line: ReceiptedProposal | ReceiptedTransaction | Opening): Result<void, IdentityError> {
    this.#lines.push(line);
    try {
      if (this.#lines.length > this.#keep * SLACK) {
        this.#lines = this.#lines.slice(-this.#keep);
        replaceFile(this.#file, this.#lines.map(textOf).join(""));
      } else {
        // A line before, so that what a crash cut off ends there.
        appendToFile(this.#file, `\n${textOf(line)}`);
      }
    } catch (error) {
      return err(storageFailure(error, this.#file));
    }
    return ok(undefined);
  }

  /** The newest ones, oldest first. */
  held(): Held {
    return {
      proposals: this.#lines.filter((line) => "proposal" in line),
      transactions: this.#lines.filter((line) => "transaction" in line),
      openings: this.#lines.filter((line) => "closesAt" in line),
    };
  }
}

function textOf(line: Line): string {
  return `${JSON.stringify(line)}\n`;
}

function readLines(file: string): Line[] {
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    return lines.map(parseJson).filter((line) => conforms(lineForm, line));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
