import { type EvidenceOfValidator, validatorEvidenceForm } from "./evidence.ts";
import { hex, integer, literal, name, type Of, record, tagged } from "./form.ts";

export const joinForm = record({
  type: literal("join"),
  publicKey: hex(32),
  name,
  grant: integer(),
  signature: hex(64),
});

const amountFields = { publicKey: hex(32), nonce: integer(), amount: integer(1), signature: hex(64) };
export const bondForm = record({ type: literal("bond"), ...amountFields });
export const unbondForm = record({ type: literal("unbond"), ...amountFields });
export const transferForm = record({ type: literal("transfer"), to: hex(32), ...amountFields });
export const slashForm = record({ type: literal("slash"), evidence: validatorEvidenceForm });

export const transactionForm = tagged("type", {
  join: joinForm,
  bond: bondForm,
  unbond: unbondForm,
  transfer: transferForm,
  slash: slashForm,
});

/** New account with its grant (SPEC §3). */
export type Join = Of<typeof joinForm>;
/** liquid → bonded. */
export type Bond = Of<typeof bondForm>;
/** bonded → unbonding. */
export type Unbond = Of<typeof unbondForm>;
/** liquid → liquid of another account (`to` is an address). */
export type Transfer = Of<typeof transferForm>;
/** Burns a validator's stake for a proven offence; unsigned, anybody may hand it in. */
export interface Slash {
  readonly type: "slash";
  readonly evidence: EvidenceOfValidator;
}

export type SignedTransaction = Join | Bond | Unbond | Transfer;
export type Transaction = SignedTransaction | Slash;
