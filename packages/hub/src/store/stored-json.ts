/** Reading back what was stored as JSON text. A damaged file may hold anything, so forms are checked again. */
import { type Account, accountForm } from "pos-shared/model/account.ts";
import { type Block, blockForm } from "pos-shared/model/block.ts";
import { conforms, type Form, list, nullable } from "pos-shared/model/form.ts";
import { type Opening, openingForm } from "pos-shared/model/opening.ts";
import { type Proposal, proposalForm } from "pos-shared/model/proposal.ts";
import { type Transaction, transactionForm } from "pos-shared/model/transaction.ts";
import { StoreError } from "./store-error.ts";

const winnerForm = nullable(proposalForm);
const transactionsForm = list(transactionForm);

/** @throws StoreError STORE_DAMAGED, as do all others here; `what` names the place, as in `block 7` */
export function parseBlock(text: string, what: string): Block {
  const value = parseJson(text, what);
  if (isBlock(value)) return value;
  throw damaged(what, "a block");
}

export function parseAccount(text: string, what: string): Account {
  return parseAs(accountForm, text, what, "an account");
}

export function parseOpening(text: string, what: string): Opening {
  return parseAs(openingForm, text, what, "an opening");
}

export function parseProposal(text: string, what: string): Proposal {
  return parseAs(proposalForm, text, what, "a proposal");
}

export function parseTransaction(text: string, what: string): Transaction {
  return parseAs<Transaction>(transactionForm, text, what, "a transaction");
}

/** Any JSON value. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(what, "JSON text");
  }
}

function parseAs<T>(form: Form<T>, text: string, what: string, expected: string): T {
  const value = parseJson(text, what);
  if (conforms(form, value)) return value;
  throw damaged(what, expected);
}

function isBlock(value: unknown): value is Block {
  return (
    conforms(blockForm, value) && conforms(winnerForm, value.proposal) && conforms(transactionsForm, value.transactions)
  );
}

function damaged(what: string, expected: string): StoreError {
  return new StoreError({ code: "STORE_DAMAGED", what, expected, actual: "something else" });
}
