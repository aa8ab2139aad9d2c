// SPEC §7, `ownRound` and the like: a client can prove after a restart too what the hub had acknowledged.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Opening } from "pos-shared/model/opening.ts";
import type { ReceiptedProposal, ReceiptedTransaction } from "pos-shared/model/receipt.ts";
import { expect, it } from "vitest";
import { Receipts } from "../../src/identity/receipts.ts";
import { signedEntry } from "../support/identities.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const signature = "1".repeat(128);

function proposalOf(round: number): ReceiptedProposal {
  const { proposal, leaf } = signedEntry(round);
  return { proposal, receipt: { round, leaf, signature } };
}

const bond: ReceiptedTransaction = {
  transaction: { type: "bond", publicKey: "2".repeat(64), nonce: 1, amount: 100, signature },
  receipt: { round: 4, tx: "3".repeat(64), signature },
};
const opening: Opening = { round: 5, prevHash: "4".repeat(64), closesAt: "2026-01-01T00:00:30.000Z", signature };

const newFile = () => join(temporaryHome(), "receipts.jsonl");

it("holds what was added, also after a restart", () => {
  const file = newFile();
  const receipts = new Receipts(file, 10);
  for (const line of [proposalOf(4), bond, opening]) expect(receipts.add(line).ok).toBe(true);
  const expected = { proposals: [proposalOf(4)], transactions: [bond], openings: [opening] };
  expect(receipts.held()).toEqual(expected);
  expect(new Receipts(file, 10).held()).toEqual(expected);
});

it("makes no file before there is something to hold", () => {
  const file = newFile();
  expect(new Receipts(file, 10).held()).toEqual({ proposals: [], transactions: [], openings: [] });
  expect(existsSync(file)).toBe(false);
});

it("keeps the newest ones", () => {
  const file = newFile();
  const receipts = new Receipts(file, 8);
  for (let round = 1; round <= 100; round++) receipts.add(proposalOf(round));
  for (const each of [receipts, new Receipts(file, 8)]) {
    const rounds = each.held().proposals.map(({ receipt }) => receipt.round);
    expect(rounds.slice(-8)).toEqual([93, 94, 95, 96, 97, 98, 99, 100]);
    expect(rounds.length).toBeLessThanOrEqual(10);
  }
});

it("skips what a crash cut off, and nothing after it", () => {
  const file = newFile();
  new Receipts(file, 10).add(proposalOf(1));
  writeFileSync(file, readFileSync(file, "utf8").slice(0, -100));
  new Receipts(file, 10).add(proposalOf(2));
  appendFileSync(file, "\0\0\0");
  expect(new Receipts(file, 10).held().proposals).toEqual([proposalOf(2)]);
});
