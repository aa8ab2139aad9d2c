import type { BlockRow } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import type { ChainLine } from "../chain/chain-window.ts";
import { hashHead } from "../format/identifiers.ts";
import { type Line, type Span, span } from "../format/line.ts";
import { type Column, makeTable, type Table } from "../format/table.ts";
import { age, localTime } from "../format/time.ts";
import { words } from "../words.ts";
import { selectable } from "./list-rows.ts";

export interface ChainListProps {
  readonly lines: readonly ChainLine[];
  /** Index of the selected block; null while the list follows the tip and has no focus. */
  readonly selected: number | null;
  readonly hasFocus: boolean;
  readonly width: number;
  readonly nowMs: number;
  readonly tip: number;
  readonly myAddress: string | null;
  /** What stands in the last row: block 0, whose hash is the chain id. Null until the network is known. */
  readonly genesis: { readonly chainId: string; readonly createdAtMs: number } | null;
}

/** The chain's heading and visible rows, newest on top. */
export function chainListLines(props: ChainListProps): readonly Line[] {
  const table = makeTable(columnsFor(props), Math.max(0, props.width - 3));
  const body = props.lines.map((line) => lineOf(line, table, props));
  return [[span("  "), ...table.header], ...body];
}

function lineOf(
  line: ChainLine,
  table: Table<BlockRow>,
  { selected, hasFocus, width, myAddress, genesis }: ChainListProps,
): Line {
  if (line.kind === "empty") return [span(`    · ${words.chain.noProposals(line.from, line.to)}`, "muted")];
  const index = line.kind === "block" ? line.row.index : 0;
  const isSelected = index === selected;
  const mark = span(isSelected ? "▸ " : "  ");
  const row = line.kind === "block" ? line.row : genesisRow(genesis);
  return selectable([mark, ...tinted(table.line(row), row, myAddress)], isSelected && hasFocus, width);
}

/** Genesis as a row of the table, so that it stands in the columns of the others. */
function genesisRow(genesis: ChainListProps["genesis"]): BlockRow {
  return {
    index: 0,
    round: 0,
    hash: genesis?.chainId ?? "",
    timestampMs: genesis?.createdAtMs ?? 0,
    winnerName: words.chain.genesis,
    winnerAddress: null,
    bpm: null,
    verified: "full",
  };
}

function tinted(line: Line, { winnerAddress }: BlockRow, myAddress: string | null): Line {
  if (winnerAddress === null) return line.map((each) => ({ ...each, tone: "muted" }));
  return winnerAddress === myAddress ? line.map((each) => ({ ...each, tone: "you" })) : line;
}

function columnsFor({ tip, nowMs, width }: ChainListProps): readonly Column<BlockRow>[] {
  return [
    {
      title: "#",
      align: "right",
      width: Math.max(5, String(tip).length),
      rank: 0,
      cell: ({ index }) => span(String(index)),
    },
    { title: "winner", align: "left", width: 8, max: 18, rank: 0, cell: winnerCell },
    { title: "BPM", align: "right", width: 3, rank: 0, cell: ({ bpm }) => span(bpm === null ? "—" : String(bpm)) },
    { title: "hash", align: "left", width: 8, rank: 2, cell: ({ hash }) => span(hashHead(hash)) },
    width >= TIME_FROM
      ? {
          title: "time",
          align: "left",
          width: 8,
          rank: 4,
          cell: ({ timestampMs }) => span(localTime(timestampMs), "muted"),
        }
      : { title: "", align: "left", width: 0, rank: 9, cell: () => span("") },
    {
      title: "age",
      align: "right",
      width: 4,
      rank: 1,
      cell: ({ timestampMs }) => span(age(nowMs - timestampMs), "muted"),
    },
    {
      title: "",
      align: "left",
      width: 1,
      rank: 3,
      cell: ({ verified }) => span(verified === "links" ? "·" : "✓", "muted"),
    },
  ];
}

const TIME_FROM = 60;

function winnerCell({ winnerName, winnerAddress }: BlockRow): Span {
  if (winnerName !== null) return span(clean(winnerName));
  return span(winnerAddress === null ? words.chain.noWinner : winnerAddress.slice(0, 8), "muted");
}
