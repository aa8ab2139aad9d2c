/** What a client may send. Every request carries an `id`; its reply names it as `re` (DESIGN §9). */
import {
  anyOf,
  anything,
  boolean,
  hex,
  integer,
  list,
  literal,
  nullable,
  type Of,
  record,
  tagged,
  text,
} from "../model/form.ts";
import {
  MAX_ID_UNITS,
  MAX_PAGE_BLOCKS,
  MAX_PAGE_PROPOSALS,
  MAX_PAGE_VALIDATORS,
  MAX_PROOFS,
  MAX_RESTORE_UNITS,
  MAX_TOKEN_UNITS,
} from "./limits.ts";

const id = text(MAX_ID_UNITS);

export const requestForms = {
  /** The chain's genesis. */
  genesis: record({ type: literal("genesis"), id }),
  /**
   * Proves a key: `signature` = sign(key, "login", { challenge }) over the hello's challenge. `tip` is the last sealed
   * block that the client verified, null for none. `token` where the hub asks for one.
   */
  login: record({
    type: literal("login"),
    id,
    publicKey: hex(32),
    signature: hex(64),
    token: nullable(text(MAX_TOKEN_UNITS)),
    tip: nullable(record({ index: integer(1), hash: hex(32), hubSignature: hex(64) })),
  }),
  /** From the reply on, the connection hears of openings, blocks and the rest. */
  subscribe: record({ type: literal("subscribe"), id }),
  /** Hands a proposal in; its inside is checked as SPEC §4 says. */
  propose: record({ type: literal("propose"), id, proposal: anything }),
  /** Hands a transaction in, slashes included; its inside is checked as SPEC §3 says. */
  transact: record({ type: literal("transact"), id, transaction: anything }),
  /** A page of the chain, ascending. */
  blocks: record({ type: literal("blocks"), id, from: integer(1), limit: integer(1, MAX_PAGE_BLOCKS) }),
  /** A page of the proposals of a block's round, by ascending public key. */
  proposals: record({
    type: literal("proposals"),
    id,
    index: integer(1),
    from: integer(),
    limit: integer(1, MAX_PAGE_PROPOSALS),
  }),
  /** Inclusion proofs (RFC 9162) of proposals of a block's round, by place, and of one key's. */
  prove: record({
    type: literal("prove"),
    id,
    index: integer(1),
    positions: list(integer(), MAX_PROOFS),
    publicKey: nullable(hex(32)),
  }),
  /** A page of all accounts, waiting transactions counted, most bonded first. */
  validators: record({ type: literal("validators"), id, from: integer(), limit: integer(1, MAX_PAGE_VALIDATORS) }),
  /** One account, waiting transactions counted. */
  account: record({ type: literal("account"), id, publicKey: hex(32) }),
  /**
   * Gives a hub that says it is recovering something back that it signed and lost, as JSON text in pieces: a block, an
   * opening, or one's own proposal or transaction with its receipt. Taken for what its signatures prove, from anybody.
   */
  restore: record({
    type: literal("restore"),
    id,
    kind: anyOf(literal("block"), literal("opening"), literal("proposal"), literal("transaction")),
    text: text(MAX_RESTORE_UNITS),
    isLast: boolean,
  }),
  /** The hub's time, to estimate its clock. */
  ping: record({ type: literal("ping"), id }),
};

export const requestForm = tagged("type", requestForms);
export type Request = Of<typeof requestForm>;
export type RequestType = Request["type"];
export type RequestOf<T extends RequestType> = Extract<Request, { readonly type: T }>;
