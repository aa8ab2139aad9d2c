import type { Network } from "pos-shared/chain/network.ts";
import { taggedHash } from "pos-shared/crypto/hash.ts";
import { leafHash, merkleRoot } from "pos-shared/crypto/merkle.ts";
import { verifySignature } from "pos-shared/crypto/signature.ts";
import { isSignedOpening } from "pos-shared/evidence/dishonest-hub.ts";
import { genesisAccounts } from "pos-shared/ledger/ledger.ts";
import { sumOf } from "pos-shared/model/account.ts";
import { type Block, headerOf } from "pos-shared/model/block.ts";
import type { StoredState } from "./store.ts";
import { StoreError } from "./store-error.ts";

/**
 * Does the chain's end hold together: its last block, the accounts after it, the opening on top? Costs the same for any
 * number of blocks; `pos-hub verify` looks at all of them.
 *
 * @throws StoreError STORE_DAMAGED naming the first thing that does not fit
 */
export function checkStoredState(network: Network, state: StoredState): void {
  if (state.block !== null) checkTip(network, state.block, state);
  checkAccounts(network, state);
  checkOpening(network, state);
}

function checkTip({ genesis, chainId, rule }: Network, block: Block, { seed, lastRound }: StoredState): void {
  const place = `block ${block.index}`;
  expectSame(`${place}, hash`, taggedHash("block", chainId, headerOf(block)), block.hash);
  if (!verifySignature(genesis.hub, "seal", chainId, { hash: block.hash }, block.hubSignature)) {
    throw damaged(`${place}, hubSignature`, "signed by this hub", "not");
  }
  expectSame(`${place}, transactionsRoot`, merkleRoot(block.transactions.map(leafHash)), block.transactionsRoot);
  expectSame(`${place}, next seed`, rule.nextSeed(chainId, block), seed);
  if (lastRound < block.round) throw damaged("the last round", `at least ${block.round}`, lastRound);
}

function checkAccounts({ genesis }: Network, { block, accounts, minted, burned }: StoredState): void {
  const expectedRoot = block?.ledgerRoot ?? merkleRoot(genesisAccounts(genesis).map(leafHash));
  expectSame("the accounts, ledgerRoot", expectedRoot, merkleRoot(accounts.map(leafHash)));
  const tokens = accounts.reduce(
    (sum, { liquid, bonded, activating, unbonding }) => sum + liquid + bonded + sumOf(activating) + sumOf(unbonding),
    burned,
  );
  expectSame("minted tokens", tokens, minted);
}

function checkOpening({ genesis, chainId }: Network, { block, opening, lastRound }: StoredState): void {
  if (opening === null) return;
  expectSame("the opening, prevHash", block?.hash ?? chainId, opening.prevHash);
  if (opening.round <= lastRound) throw damaged("the opening, round", `more than ${lastRound}`, opening.round);
  if (!isSignedOpening(genesis, chainId, opening)) throw damaged("the opening, signature", "signed by this hub", "not");
}

function expectSame(what: string, expected: string | number, actual: string | number): void {
  if (expected !== actual) throw damaged(what, expected, actual);
}

function damaged(what: string, expected: string | number, actual: string | number): StoreError {
  return new StoreError({ code: "STORE_DAMAGED", what, expected, actual });
}
