/** What its writer alone has seen. The file shows that it can be so; that it was so, nobody's signature says. */
import { checkProposal } from "pos-shared/chain/check-proposal.ts";
import type { Network } from "pos-shared/chain/network.ts";
import { leafHash } from "pos-shared/crypto/merkle.ts";
import { toHex } from "pos-shared/encoding/hex.ts";
import { isSignedOpening } from "pos-shared/evidence/dishonest-hub.ts";
import { type Ledger, stakeOf } from "pos-shared/ledger/ledger.ts";
import { processDueEntries } from "pos-shared/ledger/mature.ts";
import { compareEntries, drawEntry } from "pos-shared/lottery/entry.ts";
import { type SealedHeader, sealedHeaderForm } from "pos-shared/model/block.ts";
import { conforms } from "pos-shared/model/form.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { millisecondsOf } from "pos-shared/model/timestamp.ts";
import { earlyCloseFinding, noReceiptFinding } from "../alarm.ts";
import { groundOf, type KnownChain, readSealed } from "./chain-before.ts";
import type { EvidenceFile } from "./evidence-file.ts";
import { nextIndexOf } from "./examine-pair.ts";
import type { Examined } from "./found.ts";

/** A proposal that went out in its open round and was never answered. */
export function examineNoReceipt(file: EvidenceFile, network: Network, chain: KnownChain | undefined): Examined {
  const { unanswered, observed, held } = file;
  const [opening, another] = held.openings;
  if (unanswered === null || observed === null || opening === undefined || another !== undefined) {
    return err("it does not hold a proposal, the opening of its round, and when it went out");
  }
  const index = nextIndexOf(file, opening, network);
  if (!index.ok) return index;
  const checked = checkProposal(network, unanswered, opening.round, opening.prevHash);
  if (!checked.ok) return err(`its proposal could not have been accepted (${checked.error.code})`);
  if (observed.sentAt === null || observed.sentAt >= opening.closesAt) return err("it went out after the close");
  const block = roundBlockOf(file, opening, network);
  if (!block.ok) return block;
  let wouldHaveWon = false;
  if (block.value !== null) {
    const ground = groundOf(file, network, true, chain);
    if (!ground.ok) return ground;
    if (ground.value.kind === "needsChain") return ok(ground.value);
    wouldHaveWon = ranksFirst(network, block.value, ground.value.state.ledger, unanswered);
  }
  const finding = noReceiptFinding(index.value, opening.round, toHex(leafHash(unanswered)), wouldHaveWon);
  return ok({ kind: "shown", finding, isProven: false });
}

/** A round that was over, by the hub's own clock, before the close that it had announced. */
export function examineEarlyClose(file: EvidenceFile, network: Network): Examined {
  const { observed, held } = file;
  const [opening, later, more] = held.openings;
  if (opening === undefined || observed === null || more !== undefined) {
    return err("it does not hold an opening and when its round was over");
  }
  const block = roundBlockOf(file, opening, network);
  if (!block.ok) return block;
  const next = nextIndexOf(file, opening, network);
  if (!next.ok) return next;
  if (block.value === null) {
    if (
      later === undefined ||
      !isSignedOpening(network.genesis, network.chainId, later) ||
      later.round <= opening.round
    ) {
      return err("nothing in it shows that the round was over");
    }
  } else if (later !== undefined) return err("it holds more openings than it needs");
  if (millisecondsOf(observed.seenAt) >= millisecondsOf(opening.closesAt)) return err("the round was over in time");
  const index = block.value?.index ?? next.value;
  return ok({ kind: "shown", finding: earlyCloseFinding(index, opening, observed.seenAt), isProven: false });
}

/** The sealed block of an opening's round, null where the round had none. */
function roundBlockOf(
  { block }: EvidenceFile,
  { round, prevHash }: Opening,
  network: Network,
): Result<SealedHeader | null, string> {
  if (block === null) return ok(null);
  const header = conforms(sealedHeaderForm, block) ? readSealed(block, network) : undefined;
  if (header === undefined) return err("the hub did not seal its block");
  return header.round === round && header.prevHash === prevHash ? ok(header) : err("its block is of another round");
}

/** Stakes may have changed within the round; what the accounts had at its opening is what the file can show. */
function ranksFirst({ chainId }: Network, block: SealedHeader, ledger: Ledger, own: Proposal): boolean {
  const stake = stakeOf(processDueEntries(ledger, block.round), own.publicKey);
  if (stake === 0) return false;
  if (block.proposal === null) return true;
  const beacon = block.draw.beacon.output;
  const winner = drawEntry(chainId, beacon, block.proposal, block.draw.stake);
  return compareEntries(drawEntry(chainId, beacon, own, stake), winner) < 0;
}
