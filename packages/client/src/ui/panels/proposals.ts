import { clean } from "../../words/clean.ts";
import { type Line, span } from "../format/line.ts";
import { type Column, makeTable } from "../format/table.ts";
import { age } from "../format/time.ts";
import type { ProposalRow } from "../lists/proposals.ts";
import { words } from "../words.ts";
import { LEAD, type ListView, rowLines } from "./list-rows.ts";

export interface ProposalsProps extends ListView<ProposalRow> {
  readonly nowMs: number;
  /** Proposals came before this client did: who is not listed may have proposed. */
  readonly isPartial: boolean;
}

/** Who has proposed in the open round, and who is still awaited. */
export function proposalLines(props: ProposalsProps): readonly Line[] {
  const table = makeTable(columnsFor(props), Math.max(0, props.width - LEAD - 1));
  return rowLines(
    props,
    ({ bpm }) => [span(bpm === null ? "○" : "✓", bpm === null ? "muted" : "good")],
    (row) => {
      const line = table.line(row);
      if (row.isMe) return line.map((each) => ({ ...each, tone: "you" }));
      return row.bpm === null ? line.map((each) => ({ ...each, tone: "muted" })) : line;
    },
  );
}

function columnsFor({ nowMs, isPartial }: ProposalsProps): readonly Column<ProposalRow>[] {
  return [
    { title: "name", align: "left", width: 8, max: 18, rank: 0, cell: ({ name }) => span(clean(name)) },
    { title: "BPM", align: "right", width: 3, rank: 0, cell: ({ bpm }) => span(bpm === null ? "—" : String(bpm)) },
    { title: "", align: "left", width: 8, rank: 1, cell: (row) => span(sinceCell(row, nowMs, isPartial)) },
    { title: "", align: "left", width: 5, rank: 2, cell: ({ isMe }) => span(isMe ? words.proposals.you : "") },
  ];
}

/** What one has proposed oneself one knows, also where one came in mid-round. */
function sinceCell({ atMs, isMe }: ProposalRow, nowMs: number, isPartial: boolean): string {
  if (atMs === null) return isPartial && !isMe ? words.proposals.notSeen : words.proposals.waiting;
  return `${age(nowMs - atMs)} ${words.proposals.ago}`;
}
