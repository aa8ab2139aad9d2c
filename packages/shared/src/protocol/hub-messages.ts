/** What the hub sends: replies, which name a request as `re`, and pushes, which do not (DESIGN §9). */
import { accountForm } from "../model/account.ts";
import {
  boolean,
  canonical,
  hex,
  integer,
  list,
  literal,
  name,
  nullable,
  type Of,
  record,
  tagged,
  text,
  timestamp,
} from "../model/form.ts";
import { openingForm } from "../model/opening.ts";
import { proposalReceiptForm, transactionReceiptForm } from "../model/receipt.ts";
import {
  LOWEST_SHOWN,
  MAX_ID_UNITS,
  MAX_PAGE_BLOCKS,
  MAX_PAGE_PROPOSALS,
  MAX_PAGE_VALIDATORS,
  MAX_PROOFS,
  MAX_PUSHED_ROWS,
} from "./limits.ts";

const re = text(MAX_ID_UNITS);
/** Index 0 and the chain id before block 1. */
const tip = record({ index: integer(), hash: hex(32) });
const milliseconds = integer();

/** One line of the list of validators, as over HTTP. `liquid` and `bonded` in tokens, waiting transactions counted. */
export const validatorRowForm = record({
  address: hex(32),
  publicKey: hex(32),
  name,
  liquid: integer(),
  bonded: integer(),
  online: boolean,
  wins: integer(),
  tombstoned: boolean,
});
export type ValidatorRow = Of<typeof validatorRowForm>;

export const replyForms = {
  genesis: record({ type: literal("genesis"), re, genesis: canonical }),
  /**
   * The login holds. `account` is null for a key that has not joined; `proposal` is the one that the hub holds of this
   * key for the open round, which the client takes over before it signs anything.
   */
  welcome: record({
    type: literal("welcome"),
    re,
    account: nullable(accountForm),
    proposal: nullable(record({ proposal: canonical, receipt: proposalReceiptForm })),
    transactions: list(record({ transaction: canonical, receipt: transactionReceiptForm })),
  }),
  subscribed: record({
    type: literal("subscribed"),
    re,
    tip,
    opening: nullable(openingForm),
    validators: integer(),
    stake: integer(),
    proposals: integer(),
    online: integer(),
  }),
  /** A proposal was accepted; the same one again is answered with the same receipt. */
  accepted: record({ type: literal("accepted"), re, receipt: proposalReceiptForm }),
  /** A transaction was accepted; the block of the receipt's round carries it. */
  receipted: record({ type: literal("receipted"), re, receipt: transactionReceiptForm }),
  blocks: record({ type: literal("blocks"), re, blocks: list(canonical, MAX_PAGE_BLOCKS), tip }),
  proposals: record({
    type: literal("proposals"),
    re,
    index: integer(1),
    total: integer(),
    proposals: list(canonical, MAX_PAGE_PROPOSALS),
  }),
  proofs: record({
    type: literal("proofs"),
    re,
    index: integer(1),
    total: integer(),
    proofs: list(record({ position: integer(), proposal: canonical, path: list(hex(32), 64) }), MAX_PROOFS + 1),
  }),
  validators: record({
    type: literal("validators"),
    re,
    total: integer(),
    validators: list(validatorRowForm, MAX_PAGE_VALIDATORS),
  }),
  account: record({ type: literal("account"), re, account: nullable(accountForm) }),
  /** A piece was taken; with the last one, what they make up is on the hub's disk. `index`: the hub's last block. */
  restored: record({ type: literal("restored"), re, index: integer() }),
  pong: record({ type: literal("pong"), re, time: milliseconds }),
  /** A refusal; `re` is null where the request could not be read. `suggestion` is a free name where one was taken. */
  error: record({
    type: literal("error"),
    re: nullable(re),
    code: text(40),
    path: nullable(text(400)),
    expected: nullable(text(400)),
    actual: nullable(text(400)),
    suggestion: nullable(name),
  }),
};

export const pushForms = {
  /** The first frame of every connection. `time`: the hub's clock, milliseconds since 1970. */
  hello: record({
    type: literal("hello"),
    version: text(40),
    chainId: hex(32),
    network: text(40),
    challenge: hex(32),
    time: milliseconds,
    tip,
    needsToken: boolean,
    /** The hub takes back what it lost, and accepts nothing new yet. */
    recovering: boolean,
  }),
  /** A round opens. `validators` and `stake`: how many may propose now, and their bonded tokens. */
  opening: record({
    type: literal("opening"),
    opening: openingForm,
    time: milliseconds,
    validators: integer(),
    stake: integer(),
  }),
  /** A round was sealed. `lowest`: the lowest scores of its draw, best first. */
  block: record({ type: literal("block"), block: canonical, lowest: list(canonical, LOWEST_SHOWN) }),
  /** The round ended without a block, and no other opened. */
  idle: record({ type: literal("idle"), round: integer() }),
  /** Proposals that arrived since the last such push, at most one push a second. `proposals`: how many in all. */
  activity: record({
    type: literal("activity"),
    round: integer(1),
    proposals: integer(),
    recent: list(record({ publicKey: hex(32), name, bpm: integer(), at: timestamp }), MAX_PUSHED_ROWS),
  }),
  /** Validators that changed since the last such push, at most one push a second. */
  changes: record({
    type: literal("changes"),
    total: integer(),
    online: integer(),
    validators: integer(),
    stake: integer(),
    rows: list(validatorRowForm, MAX_PUSHED_ROWS),
  }),
  /** A validator was slashed; the block of `round` carries the evidence. */
  slashed: record({
    type: literal("slashed"),
    publicKey: hex(32),
    name,
    kind: text(20),
    amount: integer(),
    round: integer(1),
  }),
  /** A transaction of this key became invalid before it was recorded. */
  dropped: record({ type: literal("dropped"), tx: hex(32), code: text(40) }),
};

export const hubMessageForm = {
  reply: tagged("type", replyForms),
  push: tagged("type", pushForms),
};
export type Reply = Of<typeof hubMessageForm.reply>;
export type Push = Of<typeof hubMessageForm.push>;
export type ReplyOf<T extends Reply["type"]> = Extract<Reply, { readonly type: T }>;
export type PushOf<T extends Push["type"]> = Extract<Push, { readonly type: T }>;
export type HubMessage = Reply | Push;
