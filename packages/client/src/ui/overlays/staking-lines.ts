import type { Pending } from "pos-shared/model/account.ts";
import type { SessionState } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { bold, type Line, longestFitting, span } from "../format/line.ts";
import { percent, tokens } from "../format/numbers.ts";
import { padEnd, padStart, wrapWords } from "../format/text.ts";
import type { Tone } from "../look/themes.ts";
import { previewOf, STAKING_KINDS, type StakingField, type StakingForm } from "../state/staking-form.ts";
import { words } from "../words.ts";

export interface StakingProps {
  readonly form: StakingForm;
  readonly session: Pick<SessionState, "me" | "network" | "totals" | "round">;
  readonly width: number;
  readonly height: number;
}

const LABEL = 11;

/** The form, what will be after it, and before the first bond the rule by which stake burns. */
export function stakingLines({ form, session, width, height }: StakingProps): readonly Line[] {
  const { me } = session;
  const reason =
    form.reason === null || me === null
      ? []
      : wrapWords(reasonText(form.reason, me.liquid), width - 2).map((text): Line => [bold(` ${text}`, "accent")]);
  const fields: readonly Line[] = [
    kindLine(form, width),
    fieldLine(words.staking.amount, form.amount, "amount", form.field, ""),
    ...(form.kind === "transfer" ? [fieldLine(words.staking.to, form.to, "to", form.field, words.staking.toHint)] : []),
  ];
  const isFirst = form.kind === "bond" && me !== null && me.bonded === 0 && me.activating.length === 0;
  const warning = isFirst
    ? wrapWords(words.staking.slashing, width - 2).map((text): Line => [span(` ${text}`, "warn")])
    : [];
  const status = statusLines(form, width);
  const preview = previewLines(form, session, width < 50 ? 9 : 16);
  const lines = [...reason, ...fields, ...status, ...preview];
  // Where there is little room, what one must know before staking comes before what one may know.
  return lines.length + warning.length <= height
    ? [...lines, ...warning]
    : [...reason, ...fields, ...status, ...warning, ...preview];
}

function reasonText(reason: "start" | "tooMuch", balance: number): string {
  return reason === "start" ? words.staking.start(balance) : words.staking.tooMuchAsked(balance);
}

function kindLine({ kind, field }: StakingForm, width: number): Line {
  const kinds = [
    marker(field === "kind"),
    ...STAKING_KINDS.flatMap((each) => [
      each === kind
        ? { ...bold(` ${words.staking.kinds[each]} `, "accent"), isInverse: true }
        : span(` ${words.staking.kinds[each]} `, "muted"),
      span(" "),
    ]),
  ];
  return longestFitting([[...kinds, span(` ${words.staking.explain[kind]}`, "muted")], kinds], width);
}

function fieldLine(label: string, value: string, own: StakingField, focused: StakingField, hint: string): Line {
  const isFocused = own === focused;
  return [
    marker(isFocused),
    span(padEnd(label, LABEL), "muted"),
    bold(clean(value) + (isFocused ? "▏" : ""), "accent"),
    span(value === "" && hint !== "" ? ` ${hint}` : "", "muted"),
  ];
}

function marker(isFocused: boolean): Line[number] {
  return span(isFocused ? " ▸ " : "   ", "accent");
}

function statusLines({ stage, error, kind, amount, to }: StakingForm, width: number): readonly Line[] {
  const told = (text: string, tone: Tone): readonly Line[] =>
    wrapWords(text, width - 3).map((each) => [bold(`   ${each}`, tone)]);
  if (error !== null) return told(`✗ ${error}`, "bad");
  if (stage === "sending") return told(words.staking.sending, "accent");
  if (stage === "edit") return [];
  return told(words.staking.confirm(words.staking.summary(kind, Number(amount), to)), "warn");
}

/** Holdings now and after, side by side. */
function previewLines(form: StakingForm, session: StakingProps["session"], figure: number): readonly Line[] {
  const now = previewOf({ ...form, kind: "transfer", amount: "" }, session);
  const after = previewOf(form, session);
  if (now === null || after === null) return [];
  const w = words.staking;
  const row = (label: string, before: string, then: string, extra = ""): Line => [
    span(`   ${padEnd(label, LABEL)}`, "muted"),
    span(padStart(before, figure)),
    before === then ? span(padStart("", figure)) : bold(padStart(then, figure), then.startsWith("-") ? "bad" : "good"),
    span(extra === "" ? "" : `  ${extra}`, "muted"),
  ];
  const lines = [
    [span(`   ${padEnd("", LABEL)}${padStart(w.now, figure)}${padStart(w.after, figure)}`, "muted")],
    row(w.liquid, tokens(now.liquid), tokens(after.liquid)),
    row(w.bonded, tokens(now.bonded), tokens(after.bonded)),
    row(w.share, percent(now.share), percent(after.share)),
  ];
  if (now.activating + after.activating > 0) {
    const own = form.kind === "bond" && after.fromRound !== null ? w.countsFrom(after.fromRound) : "";
    const extra = own === "" ? entriesText(session.me?.activating ?? [], w.counts) : own;
    lines.splice(3, 0, row(w.activating, tokens(now.activating), tokens(after.activating), extra));
  }
  if (now.unbonding + after.unbonding > 0 || form.kind === "unbond") {
    const own = form.kind === "unbond" && after.fromRound !== null ? w.freesAt(after.fromRound) : "";
    const extra = own === "" ? entriesText(session.me?.unbonding ?? [], w.frees) : own;
    lines.splice(3, 0, row(w.unbonding, tokens(now.unbonding), tokens(after.unbonding), extra));
  }
  return lines;
}

/** Amounts on their way, the next ones by round. */
function entriesText(entries: readonly Pending[], text: (amount: number, round: number) => string): string {
  const next = entries.slice(0, 2).map(({ amount, round }) => text(amount, round));
  return [...next, ...(entries.length > 2 ? ["…"] : [])].join(", ");
}
