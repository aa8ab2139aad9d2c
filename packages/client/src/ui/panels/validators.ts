import type { ValidatorView } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { bar } from "../format/bars.ts";
import { type Line, type Span, span } from "../format/line.ts";
import { oneDigit, percent, percentFigure, shortTokens } from "../format/numbers.ts";
import { type Column, makeTable, widest } from "../format/table.ts";
import { luckOf, luckSign } from "../lists/luck.ts";
import { lookOf, sharedLooks } from "../lists/validators.ts";
import { LEAD, type ListView, rowLines } from "./list-rows.ts";

export interface ValidatorsProps extends ListView<ValidatorView> {
  /** All validators, to tell look-alike names. */
  readonly all: readonly ValidatorView[];
  /** A row that stands below the window, as it is to be seen always. */
  readonly pinned?: ValidatorView | null;
}

/** Stake, share and luck of the validators. ★ is oneself, ○ is away, ✗ was slashed. */
export function validatorLines(props: ValidatorsProps): readonly Line[] {
  const { rows, all, width, pinned = null } = props;
  const shared = sharedLooks(all);
  const nameOf = ({ name, address }: ValidatorView): string =>
    shared.has(lookOf(name)) ? `${clean(name)}·${address.slice(0, 4)}` : clean(name);
  const columns = columnsFor(
    nameOf,
    widest([...rows, ...(pinned === null ? [] : [pinned])].map(nameOf), 6, 21),
    width >= BAR_FROM,
  );
  const table = makeTable(columns, Math.max(0, width - LEAD - 1));
  return [
    [span(" ".repeat(LEAD)), ...table.header],
    ...rowLines(
      props,
      (row) => [span(markOf(row), toneOf(row))],
      (row) => tinted(table.line(row), row),
    ),
    ...(pinned === null
      ? []
      : [[span("…", "muted"), span(markOf(pinned), toneOf(pinned)), span(" "), ...tinted(table.line(pinned), pinned)]]),
  ];
}

const BAR_FROM = 60;
const BAR_COLUMNS = 10;

function columnsFor(
  nameOf: (row: ValidatorView) => string,
  nameWidth: number,
  hasBar: boolean,
): readonly Column<ValidatorView>[] {
  const columns: Column<ValidatorView>[] = [
    {
      title: "name",
      align: "left",
      width: Math.min(nameWidth, 10),
      max: nameWidth,
      rank: 0,
      cell: (row) => span(nameOf(row)),
    },
    { title: "stake", align: "right", width: 6, rank: 0, cell: ({ bonded }) => span(shortTokens(bonded)) },
    { title: "share", align: "right", width: 6, rank: 1, cell: ({ share }) => span(percent(share)) },
  ];
  if (hasBar) {
    columns.push({
      title: "",
      align: "left",
      width: BAR_COLUMNS,
      rank: 4,
      cell: ({ share }) => {
        const { full, rest } = bar(share, BAR_COLUMNS);
        return [span(full, "bar"), span(rest, "frame")];
      },
    });
  }
  columns.push({ title: "win%/exp", align: "right", width: 10, rank: 2, cell: (row) => span(winsCell(row)) });
  columns.push({
    title: "",
    align: "left",
    width: 1,
    rank: 2,
    cell: signCell,
  });
  if (hasBar) {
    columns.push({ title: "wins", align: "right", width: 5, rank: 5, cell: ({ wins }) => span(String(wins)) });
    columns.push({ title: "exp ± noise", align: "right", width: 13, rank: 6, cell: (row) => span(bandCell(row)) });
  }
  return columns;
}

/** The sign is bright only where chance does not explain it. */
function signCell(row: ValidatorView): Span {
  if (row.checkedRounds === 0) return span(" ");
  const luck = luckOf(row);
  return span(luckSign(luck), luck.isNoise ? "muted" : "accent");
}

/** Share of the rounds won, and what was expected: `35.1/37.3`. */
function winsCell(row: ValidatorView): string {
  if (row.checkedRounds === 0) return "—";
  const { wins, rounds, expected } = luckOf(row);
  return `${percentFigure(wins / rounds)}/${percentFigure(expected / rounds).padStart(4)}`;
}

function bandCell(row: ValidatorView): string {
  if (row.checkedRounds === 0) return "—";
  const { expected, band } = luckOf(row);
  return `${oneDigit(expected)} ±${oneDigit(band)}`;
}

function markOf({ isMe, isOnline, isTombstoned }: ValidatorView): string {
  if (isTombstoned) return "✗";
  if (isMe) return "★";
  return isOnline ? " " : "○";
}

function toneOf({ isMe, isTombstoned, isOnline }: ValidatorView): "you" | "bad" | "muted" | undefined {
  if (isTombstoned) return "bad";
  if (isMe) return "you";
  return isOnline ? undefined : "muted";
}

function tinted(line: Line, row: ValidatorView): Line {
  const tone = toneOf(row);
  return tone === undefined ? line : line.map((each) => ({ ...each, tone }));
}
