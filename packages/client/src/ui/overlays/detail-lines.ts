import { type DetailField, type DetailSession, detailFields } from "../chain/detail-fields.ts";
import { bold, type Line, lineWidth, span } from "../format/line.ts";
import { chunks, padEnd, padStart, truncate, widthOf, wrapWords } from "../format/text.ts";
import { nameOfKey } from "../lists/names.ts";
import { selectable } from "../panels/list-rows.ts";
import type { OpenBlock } from "../state/ui-state.ts";
import { words } from "../words.ts";
import { type Scrolled, scrolled } from "./scrolled.ts";

export interface DetailProps {
  readonly kind: "block" | "verify";
  readonly open: OpenBlock | null;
  readonly session: DetailSession;
  /** Place of the selected field; −1 for none. */
  readonly selected: number;
  readonly width: number;
  readonly height: number;
}

const LABEL = 11;
const BRIEF_LABEL = 10;

const { labels } = words.detail;
/** What stands in a line together, where there is little room, in the order of the lines; other fields come after them. */
const BRIEF: readonly (readonly string[])[] = [
  [labels.hash],
  [labels.prev],
  [labels.round, labels.time, labels.proposals],
  [labels.winner],
  [labels.bpm, labels.reward, labels.chance],
  ["seed"],
  ["beacon"],
  ["VRF output"],
  ["ticket"],
  ["score"],
  [labels.next],
  [labels.hubSignature],
  [labels.proposalSignature],
  [labels.checked],
];

/** The fields of a block in as few lines as tell all that matters. */
function briefFields(fields: readonly DetailField[]): readonly DetailField[] {
  const told = new Set(BRIEF.flat());
  const lines = BRIEF.flatMap((group): DetailField[] => {
    const [first, ...others] = group.flatMap((label) => fields.find((each) => each.label === label) ?? []);
    if (first === undefined) return [];
    return [{ ...first, value: [first.value, ...others.map(({ label, value }) => `${label} ${value}`)].join(" · ") }];
  });
  return [...lines, ...fields.filter(({ label }) => !told.has(label))];
}

/** A block beside the chain, long values cut in the middle. */
export function briefDetailLines(open: OpenBlock, session: DetailSession, width: number): readonly Line[] {
  if (open.detail === null) return detailLines({ kind: "block", open, session, selected: -1, width, height: 1 }).lines;
  return briefFields(detailFields("block", open, session)).map(({ label, value, isRight }): Line => {
    const tick = isRight === null ? [] : [bold(isRight ? " ✓" : " ✗", isRight ? "good" : "bad")];
    const room = width - BRIEF_LABEL - 4;
    return [span(` ${padEnd(label, BRIEF_LABEL)} `, "muted"), span(cutMiddle(value, room)), ...tick];
  });
}

/** Names and words are cut at their end, hex in the middle: its end tells it from others. */
function cutMiddle(value: string, width: number): string {
  if (value.length <= width || !/^[0-9a-f]+$/.test(value)) return truncate(value, width);
  const half = Math.floor((width - 1) / 2);
  return `${value.slice(0, half)}…${value.slice(-half)}`;
}

/** A block's fields, or its draw step by step with the lowest scores below; scrolled so that the selected one is seen whole. */
export function detailLines(props: DetailProps): Scrolled {
  const { kind, open, session, selected, width, height } = props;
  if (open === null || open.status === "loading")
    return scrolled([[span(` ${words.detail.loading}`, "muted")]], 0, height);
  if (open.detail === null) return scrolled([[span(` ${words.detail.missing}`, "warn")]], 0, height);
  const fields = detailFields(kind, open, session);
  const blocks = fields.map((each, i) => fieldLines(each, i === selected, width));
  const lines = blocks.flat();
  if (kind === "verify") lines.push(...comparisonLines(props, width));
  const end = blocks.slice(0, selected + 1).reduce((sum, block) => sum + block.length, 0);
  // The last field brings what stands below it along.
  const wanted = selected === fields.length - 1 ? lines.length : end;
  return scrolled(lines, Math.min(wanted - height, end - 1), height);
}

function fieldLines(
  { label, value, formula, isRight }: DetailField,
  isSelected: boolean,
  width: number,
): readonly Line[] {
  const tick = isRight === null ? [] : [bold(isRight ? " ✓" : ` ${words.detail.wrong}`, isRight ? "good" : "bad")];
  const mark = span(isSelected ? "▸" : " ", "accent");
  // A step with a short value is one line.
  const inOne = formula === null ? null : `= ${formula} → `;
  if (inOne !== null && LABEL + 1 + widthOf(inOne) + widthOf(value) + lineWidth(tick) <= width) {
    const line = [mark, bold(padEnd(label, LABEL)), span(inOne, "muted"), span(value), ...tick];
    return [selectable(line, isSelected, width)];
  }
  const pieces = chunks(value, Math.max(8, width - LABEL - 3));
  const formulaPieces = formula === null ? [] : wrapWords(`= ${formula}`, Math.max(8, width - LABEL - 4));
  const heading = formulaPieces.map((piece, i): Line => {
    const lead = i === 0 ? [mark, bold(padEnd(label, LABEL))] : [span(" ".repeat(LABEL + 1))];
    const end = i === formulaPieces.length - 1 ? tick : [];
    return selectable([...lead, span(piece, "muted"), ...end], isSelected, width);
  });
  const values = pieces.map((piece, i): Line => {
    const isFirst = i === 0 && formula === null;
    return selectable(
      [
        isFirst ? mark : span(" "),
        isFirst ? span(padEnd(label, LABEL), "muted") : span(" ".repeat(LABEL)),
        span(piece),
        ...(isFirst ? tick : []),
      ],
      isSelected && formula === null,
      width,
    );
  });
  return [...heading, ...values];
}

/** The last step of a recomputation: the scores beside each other, the lowest first. */
function comparisonLines({ open, session }: DetailProps, width: number): readonly Line[] {
  const detail = open?.detail;
  if (detail === null || detail === undefined) return [];
  const { view, block } = detail;
  // Nobody took part.
  if (view.rows.length === 0) return [];
  const widths = view.columns.map((title, i) =>
    Math.min(18, Math.max(title.length, ...view.rows.map(({ cells }) => (cells[i] ?? "").length))),
  );
  const others = view.drawn - view.rows.length;
  // All were fetched, but of an old block not what each had staked.
  const isOld = detail.proposals !== null && others > 0;
  const which = isOld ? words.detail.othersTooOld(others) : words.detail.of(view.rows.length, view.drawn);
  const stakeless = block.proposalCount - view.drawn;
  const told = [words.detail.lowest, which, ...(stakeless > 0 ? [words.detail.notDrawn(stakeless)] : [])].join("; ");
  const heading = wrapWords(told, Math.max(8, width - 2)).map((text): Line => [span(` ${text}`, "muted")]);
  const titles: Line = [
    span(`   ${padEnd("name", 12)}`, "muted"),
    ...view.columns.map((title, i) => span(` ${padStart(title, widths[i] ?? 0)}`, "muted")),
  ];
  const rows = view.rows.map(({ publicKey, isWinner, cells }): Line => {
    const tone = isWinner ? "good" : undefined;
    return [
      bold(isWinner ? " ★ " : "   ", "good"),
      span(padEnd(nameOfKey(publicKey, session, detail), 12), tone),
      ...cells.map((cell, i) => span(` ${padStart(cell, widths[i] ?? 0)}`, tone)),
    ];
  });
  return width < 20 ? heading : [...heading, titles, ...rows];
}
