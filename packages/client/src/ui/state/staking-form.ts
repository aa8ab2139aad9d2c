/** The staking form as a value: what is typed, what it would do, and what is wrong with it. Pure. */
import type { Me, SessionState } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { words } from "../words.ts";
import type { Effect } from "./effects.ts";

export const STAKING_KINDS = ["bond", "unbond", "transfer"] as const;
export type StakingKind = (typeof STAKING_KINDS)[number];
export type StakingField = "kind" | "amount" | "to";

export interface StakingForm {
  readonly kind: StakingKind;
  readonly field: StakingField;
  readonly amount: string;
  /** Name or address of the recipient of a transfer. */
  readonly to: string;
  /** `confirm`: Enter once more sends. */
  readonly stage: "edit" | "confirm" | "sending";
  readonly error: string | null;
  /** Why the form opened by itself. */
  readonly reason: "start" | "tooMuch" | null;
}

export function openStakingForm(amount: number | null, reason: StakingForm["reason"]): StakingForm {
  return {
    kind: "bond",
    field: "amount",
    amount: amount === null ? "" : String(amount),
    to: "",
    stage: "edit",
    error: null,
    reason,
  };
}

const MOST_DIGITS = 16;
const MOST_RECIPIENT = 64;

/** Typed or pasted characters: digits go to the amount, letters choose the kind, unless the recipient is typed. */
export function typeIntoForm(form: StakingForm, typed: string): StakingForm {
  if (form.stage === "sending") return form;
  const edited: StakingForm = { ...form, stage: "edit", error: null };
  if (form.field === "to") return { ...edited, to: (form.to + clean(typed)).slice(0, MOST_RECIPIENT) };
  const kind = STAKING_KINDS.find((each) => each.startsWith(typed.toLowerCase()));
  if (kind !== undefined) return withKind(edited, kind);
  if (!/^\d+$/.test(typed)) return { ...edited, error: words.staking.digitsOnly };
  return { ...edited, field: "amount", amount: (form.amount + typed).slice(0, MOST_DIGITS) };
}

export function eraseInForm(form: StakingForm): StakingForm {
  if (form.stage === "sending") return form;
  const edited: StakingForm = { ...form, stage: "edit", error: null };
  if (form.field === "to") return { ...edited, to: [...form.to].slice(0, -1).join("") };
  return { ...edited, field: "amount", amount: form.amount.slice(0, -1) };
}

/** The kind so many places to the right, around the end. */
export function turnKind(form: StakingForm, steps: 1 | -1): StakingForm {
  const place = STAKING_KINDS.indexOf(form.kind) + steps;
  return withKind(form, STAKING_KINDS[(place + STAKING_KINDS.length) % STAKING_KINDS.length] ?? "bond");
}

export function moveField(form: StakingForm, steps: 1 | -1): StakingForm {
  const fields: readonly StakingField[] = form.kind === "transfer" ? ["kind", "amount", "to"] : ["kind", "amount"];
  const place = fields.indexOf(form.field) + steps;
  return { ...form, field: fields[(place + fields.length) % fields.length] ?? "amount" };
}

function withKind(form: StakingForm, kind: StakingKind): StakingForm {
  const field = kind !== "transfer" && form.field === "to" ? "amount" : form.field;
  return { ...form, kind, field, stage: form.stage === "sending" ? "sending" : "edit", error: null };
}

type FormFacts = Pick<SessionState, "me" | "network" | "totals" | "round">;

/** What sending would do, or what is wrong in words. */
export function checkForm(
  form: StakingForm,
  { me }: FormFacts,
): { readonly effect: Effect } | { readonly error: string } {
  if (me === null || !me.isJoined) return { error: words.staking.notJoined };
  if (form.amount === "") return { error: words.staking.noAmount };
  const amount = Number(form.amount);
  if (!Number.isSafeInteger(amount) || amount < 1) return { error: words.staking.atLeastOne };
  const available = form.kind === "unbond" ? me.bonded : me.liquid;
  if (amount > available) return { error: words.staking.tooMuch(form.kind, available) };
  if (form.kind !== "transfer") return { effect: { type: form.kind, amount } };
  return form.to === "" ? { error: words.staking.noRecipient } : { effect: { type: "transfer", to: form.to, amount } };
}

/** How things stand after the form's transaction, for the lines below it. */
export interface StakingPreview {
  readonly liquid: number;
  readonly bonded: number;
  readonly activating: number;
  readonly unbonding: number;
  /** Share of all bonded tokens, 0 to 1. */
  readonly share: number;
  /** The round from which a bond counts or an unbonded amount is free; null where it is so at once. */
  readonly fromRound: number | null;
}

export function previewOf(form: StakingForm, { me, network, totals, round }: FormFacts): StakingPreview | null {
  if (me === null || network === null) return null;
  const amount = /^\d+$/.test(form.amount) ? Number(form.amount) : 0;
  const now = holdings(me);
  const open = round?.opening.round ?? 1;
  // What the hub has accepted for this round is not in the totals yet.
  const all = Math.max(totals.bonded, round?.stake ?? 0, now.bonded);
  const { activationDelay, unbondingRounds } = network.genesis;
  switch (form.kind) {
    case "bond": {
      // With a delay a bond counts later, unless nobody has anything bonded yet (SPEC §3).
      const isDelayed = activationDelay > 0 && all > 0;
      const bonded = now.bonded + (isDelayed ? 0 : amount);
      return {
        ...now,
        liquid: now.liquid - amount,
        bonded,
        activating: now.activating + (isDelayed ? amount : 0),
        share: shareOf(now.bonded + amount, all + amount),
        fromRound: isDelayed ? open + activationDelay : null,
      };
    }
    case "unbond":
      return {
        ...now,
        bonded: now.bonded - amount,
        unbonding: now.unbonding + amount,
        share: shareOf(now.bonded - amount, all - amount),
        fromRound: open + unbondingRounds,
      };
    case "transfer":
      return { ...now, liquid: now.liquid - amount, share: shareOf(now.bonded, all), fromRound: null };
  }
}

function holdings({
  liquid,
  bonded,
  activating,
  unbonding,
}: Me): Pick<StakingPreview, "liquid" | "bonded" | "activating" | "unbonding"> {
  const sum = (entries: Me["activating"]): number => entries.reduce((total, { amount }) => total + amount, 0);
  return { liquid, bonded, activating: sum(activating), unbonding: sum(unbonding) };
}

function shareOf(part: number, all: number): number {
  return all <= 0 ? 0 : Math.max(0, part) / all;
}
