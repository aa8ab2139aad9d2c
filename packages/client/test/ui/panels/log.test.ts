import { describe, expect, it } from "vitest";
import { lineText } from "../../../src/ui/format/line.ts";
import { localTime } from "../../../src/ui/format/time.ts";
import { type LogProps, logLines } from "../../../src/ui/panels/log.ts";
import { SLASHING_RULE_SHORT } from "../../../src/words/slashing-rule.ts";
import { NOW_MS } from "../support/sample.ts";

const TIME = localTime(NOW_MS);
const line = (text: string) => ({ atMs: NOW_MS, level: "info", text }) as const;
const shown = (texts: readonly string[], props: Partial<LogProps> = {}): readonly string[] =>
  logLines({ rows: texts.map(line), selected: 0, hasFocus: false, width: 38, height: 5, ...props }).map((each) =>
    lineText(each).trimEnd(),
  );

describe("the log's lines", () => {
  it("have a long text in several rows, below each other", () => {
    expect(shown(["hub lost: the connection was cut", "★ bob won #12  +10"])).toEqual([
      ` ${TIME} hub lost: the connection was`,
      "          cut",
      ` ${TIME} ★ bob won #12  +10`,
    ]);
  });

  it("have room for the rule of slashing at 80×24, where the pane is narrowest", () => {
    const rows = shown([SLASHING_RULE_SHORT]);
    expect(rows).toHaveLength(3);
    expect(rows.map((row) => row.slice(10)).join(" ")).toBe(SLASHING_RULE_SHORT);
  });

  it("tell that a text was cut that is longer than that", () => {
    const rows = shown([`ALARM draw at #4: /${"folder/".repeat(30)}`]);
    expect(rows).toHaveLength(3);
    expect(rows[2]).toMatch(/…$/);
  });

  it("take one row each where the pane has few", () => {
    expect(shown(["hub lost: the connection was cut", "b"], { height: 2 })).toEqual([
      // A line is cut where it is drawn.
      ` ${TIME} hub lost: the connection was cut`,
      ` ${TIME} b`,
    ]);
  });

  it("tell that the last one is cut by the end of the pane", () => {
    const long = "a text that takes two rows of the pane";
    expect(shown([long, long], { height: 3 * 2 - 1, width: 24 }).at(-1)).toMatch(/…$/);
  });

  it("always show the selected one whole", () => {
    const long = "a text that takes two rows of the pane";
    const rows = shown([long, long, long, long, "end"], { selected: 3, hasFocus: true, height: 5 });
    expect(rows).toHaveLength(5);
    expect(rows[3]).toContain(`▸${TIME} a text that takes two rows of`.slice(0, 30));
    expect(rows[4]).toContain("the pane");
  });
});
