import { millisecondsOf } from "pos-shared/model/timestamp.ts";
import type { Transaction } from "pos-shared/model/transaction.ts";
import type { BlockDetail, SessionState } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { shortHex } from "../format/identifiers.ts";
import { percent, tokens } from "../format/numbers.ts";
import { utcTime } from "../format/time.ts";
import { nameOfKey } from "../lists/names.ts";
import type { OpenBlock } from "../state/ui-state.ts";
import { words } from "../words.ts";

/** A value of a block that can be selected and copied. */
export interface DetailField {
  readonly label: string;
  /** Whole, as it is copied. */
  readonly value: string;
  /** How it comes about, for a step of the recomputation. */
  readonly formula: string | null;
  /** Did this client get the same? Null where nothing is recomputed. */
  readonly isRight: boolean | null;
}

/** What is needed besides the block: parameters, and names for keys. */
export type DetailSession = Pick<SessionState, "network" | "validators" | "round">;

/** The rows of a block's detail, or the steps of its recomputation. */
export function detailFields(
  kind: "block" | "verify",
  open: OpenBlock | null,
  session: DetailSession,
): readonly DetailField[] {
  if (open?.detail === null || open === null) return [];
  return kind === "verify" ? stepFields(open.detail) : blockFields(open.detail, session);
}

function stepFields({ view }: BlockDetail): readonly DetailField[] {
  return view.steps.map(({ label, formula, value, isRight }) => ({ label, formula, value, isRight }));
}

function blockFields(detail: BlockDetail, session: DetailSession): readonly DetailField[] {
  const { block, winnerName, view } = detail;
  const { labels } = words.detail;
  const steps = new Map(view.steps.map((each) => [each.label, each]));
  const fields: DetailField[] = [
    field(labels.hash, block.hash),
    field(labels.prev, block.prevHash),
    field(labels.round, String(block.round)),
    field(labels.time, utcTime(millisecondsOf(block.timestamp))),
    field(labels.winner, winnerText(winnerName, block.validator)),
    field(labels.bpm, block.bpm === null ? "—" : String(block.bpm)),
  ];
  if (block.proposal !== null) {
    const reward = session.network?.genesis.blockReward;
    if (reward !== undefined) fields.push(field(labels.reward, `+${tokens(reward)}`));
    fields.push(field(labels.chance, chanceText(block.draw)));
  }
  for (const label of ["seed", "beacon", "VRF output", "ticket", "score"]) {
    const step = steps.get(label);
    if (step !== undefined) fields.push({ label, value: step.value, formula: null, isRight: step.isRight });
  }
  const next = runnersUp(detail, session);
  if (next !== "") fields.push(field(labels.next, next));
  return [
    ...fields,
    field(labels.proposals, String(block.proposalCount)),
    ...block.transactions.map((each, i) =>
      field(i === 0 ? labels.transactions(block.transactionCount) : "", transactionText(each)),
    ),
    field(labels.proposalsRoot, block.proposalsRoot),
    field(labels.transactionsRoot, block.transactionsRoot),
    field(labels.ledgerRoot, block.ledgerRoot),
    field(labels.hubSignature, block.hubSignature),
    ...(block.proposal === null ? [] : [field(labels.proposalSignature, block.proposal.signature)]),
    field(labels.checked, words.detail.howChecked[detail.verified]),
  ];
}

const RUNNERS_UP = 3;

/** Who came next, with their scores. */
function runnersUp(detail: BlockDetail, session: DetailSession): string {
  const { columns, rows } = detail.view;
  const column = columns.indexOf("score");
  return rows
    .filter(({ isWinner }) => !isWinner)
    .slice(0, RUNNERS_UP)
    .map(({ publicKey, cells }) => `${nameOfKey(publicKey, session, detail)} ${cells[column] ?? ""}`)
    .join(", ");
}

function field(label: string, value: string): DetailField {
  return { label, value, formula: null, isRight: null };
}

function winnerText(name: string | null, address: string | null): string {
  if (address === null) return words.chain.noWinner;
  return name === null ? address : `${clean(name)} ${address}`;
}

function chanceText({ stake, eligibleStake }: BlockDetail["block"]["draw"]): string {
  return eligibleStake === 0
    ? "—"
    : `${percent(stake / eligibleStake)} (${words.detail.stakeOf(stake, eligibleStake)})`;
}

/** A transaction in words. */
function transactionText(transaction: Transaction): string {
  switch (transaction.type) {
    case "join":
      return words.transactions.join(clean(transaction.name), transaction.grant);
    case "bond":
      return words.transactions.bond(shortHex(transaction.publicKey), transaction.amount);
    case "unbond":
      return words.transactions.unbond(shortHex(transaction.publicKey), transaction.amount);
    case "transfer":
      return words.transactions.transfer(shortHex(transaction.publicKey), shortHex(transaction.to), transaction.amount);
    case "slash":
      return words.transactions.slash(transaction.evidence.kind);
  }
}
