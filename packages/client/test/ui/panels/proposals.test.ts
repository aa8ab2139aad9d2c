import { expect, it } from "vitest";
import { lineText } from "../../../src/ui/format/line.ts";
import { listProposals } from "../../../src/ui/lists/proposals.ts";
import { proposalLines } from "../../../src/ui/panels/proposals.ts";
import { NOW_MS, round, state } from "../support/sample.ts";

it("who comes in mid-round may have missed proposals of others, but not its own (TUI, Proposals)", () => {
  const open = round(1425, NOW_MS + 9000, { seen: [], proposals: 2 });
  const rows = listProposals(state({ ownProposal: null, round: open }), "");
  const lines = proposalLines({ rows, selected: -1, hasFocus: false, width: 44, nowMs: NOW_MS, isPartial: true });
  const lineOf = (name: string): string | undefined => lines.map(lineText).find((line) => line.includes(name));
  expect(lineOf("alice")).toMatch(/○ alice +— +waiting +← you/);
  expect(lineOf("bob")).toMatch(/○ bob +— +not seen/);
});
