import { checkProposal } from "pos-shared/chain/check-proposal.ts";
import type { Network } from "pos-shared/chain/network.ts";
import { sign } from "pos-shared/crypto/signature.ts";
import type { Account } from "pos-shared/model/account.ts";
import { conforms } from "pos-shared/model/form.ts";
import { proposalForm } from "pos-shared/model/proposal.ts";
import type { ReceiptedProposal, ReceiptedTransaction } from "pos-shared/model/receipt.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { transactionForm } from "pos-shared/model/transaction.ts";
import type { ReplyOf } from "pos-shared/protocol/hub-messages.ts";
import type { Hello, HubChannel } from "../connection/hub-channel.ts";
import type { RequestFailure } from "../connection/request-failure.ts";
import type { HeldIdentity } from "../identity/held-identity.ts";
import type { VerifiedChain } from "../replica/verified-chain.ts";

/** What the hub holds of a key, its forms and signatures checked. */
export interface Welcome {
  /** Null for a key that has not joined. What stands in it is the hub's word. */
  readonly account: Account | null;
  readonly proposal: ReceiptedProposal | null;
  readonly transactions: readonly ReceiptedTransaction[];
}

/**
 * Proves a key to the hub: a signature over its challenge, with the last sealed block that this client verified, so
 * that a hub restored from an older backup notices (DESIGN §9).
 */
export async function logIn(
  channel: HubChannel,
  hello: Hello,
  identity: HeldIdentity,
  chain: VerifiedChain,
  token: string | null,
): Promise<Result<Welcome, RequestFailure>> {
  const { challenge } = hello;
  const { network } = chain;
  const block = chain.verifiedBlock;
  const answer = await channel.request("login", {
    publicKey: identity.publicKey,
    signature: sign(identity.key, "login", network.chainId, { challenge }),
    token,
    tip: block === null ? null : { index: block.index, hash: block.hash, hubSignature: block.hubSignature },
  });
  if (answer.ok) return readWelcome(answer.value, network);
  const { error } = answer;
  if (token === null || error.kind === "lost" || error.fault.code !== "TOKEN_REFUSED") return answer;
  // A wrong token is another mistake than a missing one; it is a secret, so that it is not repeated.
  return err({ kind: "refused", fault: { ...error.fault, actual: "another token" } });
}

function readWelcome(
  { account, proposal, transactions }: ReplyOf<"welcome">,
  network: Network,
): Result<Welcome, RequestFailure> {
  const wrong = (what: string) => err({ kind: "lost", reason: `the hub's welcome holds a wrong ${what}` } as const);
  let own: ReceiptedProposal | null = null;
  if (proposal !== null) {
    if (!conforms(proposalForm, proposal.proposal)) return wrong("proposal");
    const { round, prevHash } = proposal.proposal;
    const checked = checkProposal(network, proposal.proposal, round, prevHash);
    if (!checked.ok) return wrong("proposal");
    own = { proposal: checked.value, receipt: proposal.receipt };
  }
  const waiting: ReceiptedTransaction[] = [];
  for (const { transaction, receipt } of transactions) {
    if (!conforms(transactionForm, transaction)) return wrong("transaction");
    waiting.push({ transaction, receipt });
  }
  return ok({ account, proposal: own, transactions: waiting });
}
