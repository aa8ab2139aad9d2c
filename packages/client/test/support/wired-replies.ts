/** What a wired hub answers out of its state. */
import { workingLedger } from "pos-shared/chain/round/round-state.ts";
import { digestValues, getDigest } from "pos-shared/ledger/digest-map.ts";
import { getAccount } from "pos-shared/ledger/ledger.ts";
import type { ErrorCode } from "pos-shared/protocol/error-codes.ts";
import type { HubMessage } from "pos-shared/protocol/hub-messages.ts";
import type { Request } from "pos-shared/protocol/requests.ts";
import type { SimulatedHub } from "../../../shared/test/support/simulated-hub.ts";
import { sortedProposals, sourceOf } from "./chain-of-simulation.ts";

export async function pageFor(hub: SimulatedHub, request: Request): Promise<HubMessage> {
  const { id: re } = request;
  const source = sourceOf(hub);
  const { index, hash } = hub.state.chain.tip;
  if (request.type === "blocks") {
    const page = await source.blocks(request.from, request.limit);
    return { type: "blocks", re, blocks: page.ok ? page.value : [], tip: { index, hash } };
  }
  if (request.type === "proposals") {
    const proposals = sortedProposals(hub, request.index);
    return { type: "proposals", re, index: request.index, total: proposals.length, proposals };
  }
  if (request.type === "prove") {
    const proofs = await source.prove(request.index, request.positions, request.publicKey);
    if (proofs.ok) return { type: "proofs", re, index: request.index, total: 0, proofs: proofs.value };
  }
  return refusal(re, "NOT_FOUND");
}

export function welcomeFor({ state }: SimulatedHub, re: string, publicKey: string): HubMessage {
  const account = getAccount(workingLedger(state), publicKey) ?? null;
  const proposal = state.open === undefined ? undefined : getDigest(state.open.proposals, publicKey);
  const transactions = digestValues(state.waiting)
    .filter(({ transaction }) => transaction.type !== "slash" && transaction.publicKey === publicKey)
    .map(({ transaction, receipt }) => ({ transaction, receipt }));
  return { type: "welcome", re, account, proposal: proposal ?? null, transactions };
}

export function refusal(re: string, code: ErrorCode) {
  return { type: "error", re, code, path: null, expected: null, actual: null, suggestion: null } as const;
}

export function textOf(value: string | number | undefined): string | null {
  return value === undefined ? null : String(value);
}
