/** Where everything stands on a screen of so many columns and rows, as data. */

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const PANES = ["validators", "chain", "proposals", "log"] as const;
/** A list that can have the focus. */
export type PaneId = (typeof PANES)[number];
export type RegionId = PaneId | "head" | "banner" | "winner" | "detail" | "overlay";

/** What stands in a part of the screen: `outer` with its borders, which neighbours share, and `inner` without. */
export interface Region {
  readonly id: RegionId;
  readonly outer: Rect;
  readonly inner: Rect;
}

/** `full` from 120×40, `compact` from 72×18, `tabs` (one pane at a time) from 60×16, `minimal` from 40×8. */
export type Breakpoint = "full" | "compact" | "tabs" | "minimal" | "tooSmall";

export interface ScreenLayout {
  readonly breakpoint: Breakpoint;
  readonly width: number;
  readonly height: number;
  readonly regions: readonly Region[];
}

export interface LayoutInput {
  readonly columns: number;
  readonly rows: number;
  /** The pane that stands alone where there is room for one. */
  readonly pane: PaneId;
  readonly isZoomed: boolean;
  /** Rows that an alarm or a question takes below the head; 0 for none. */
  readonly bannerRows: number;
  readonly isSpectator: boolean;
  /** Rows that something open would like in the place of the panes; what is left goes to the panes. Null: nothing is open. */
  readonly overlayRows: number | null;
}

export function breakpointOf(columns: number, rows: number): Breakpoint {
  if (columns >= 120 && rows >= 40) return "full";
  if (columns >= 72 && rows >= 18) return "compact";
  if (columns >= 60 && rows >= 16) return "tabs";
  return columns >= 40 && rows >= 8 ? "minimal" : "tooSmall";
}

/** Is there room for the lists? Below that stand the countdown, the BPM and the last winner alone. */
export function hasPanes({ columns, rows }: Pick<LayoutInput, "columns" | "rows">): boolean {
  const breakpoint = breakpointOf(columns, rows);
  return breakpoint !== "minimal" && breakpoint !== "tooSmall";
}

/** The rows of the head: identity, stake, round, BPM; the first of them is written on the border. */
const HEAD_ROWS = { full: 4, compact: 3, tabs: 3 } as const;

/** Rows that are left to the body under an alarm: a heading and a row, with borders. */
const LEAST_BODY = 4;

/** Five rows of digits and the bar. */
const SPECTATOR_HEAD_ROWS = 6;

export function layoutScreen(input: LayoutInput): ScreenLayout {
  const { columns: width, rows: height } = input;
  const breakpoint = breakpointOf(width, height);
  if (breakpoint === "minimal" || breakpoint === "tooSmall") return { breakpoint, width, height, regions: [] };
  const column = stack(width, height);
  const regions = [column.take("head", input.isSpectator ? SPECTATOR_HEAD_ROWS : HEAD_ROWS[breakpoint])];
  if (breakpoint === "full") regions.push(column.take("winner", 2));
  // The winner's line stands at the bottom where there is no room for a banner of its own.
  const winnerRows = breakpoint === "full" || takesWinner(input, column.rest(WINNER_ROWS)) ? 0 : WINNER_ROWS;
  const rest = column.rest(winnerRows);
  const bannerRows = bannerRowsOf(input, rest.height - LEAST_BODY - 1);
  if (bannerRows < input.bannerRows && input.overlayRows === null) {
    // An alarm that is longer than that has the place of the panes too, until it is acknowledged.
    regions.push(region("banner", rest));
  } else {
    if (bannerRows > 0) regions.push(column.take("banner", bannerRows));
    regions.push(...bodyOf(breakpoint, input, column.rest(winnerRows)));
  }
  if (winnerRows > 0)
    regions.push(region("winner", { left: 0, top: height - 1 - WINNER_ROWS, width, height: WINNER_ROWS + 1 }));
  return { breakpoint, width, height, regions };
}

/** The winner's line at the bottom, with the border above it. */
const WINNER_ROWS = 2;

/** Where even the place of the panes is too small for an alarm, it has the winner's too. */
function takesWinner({ bannerRows, overlayRows }: LayoutInput, panes: Rect): boolean {
  return overlayRows === null && bannerRows > insideOf(panes).height;
}

/** Rows of an alarm's title. */
const BANNER_TITLE = 2;

/** What is open is read now; where an alarm does not fit beside it, its title stays. */
function bannerRowsOf({ bannerRows, overlayRows }: LayoutInput, room: number): number {
  if (bannerRows <= room) return bannerRows;
  return overlayRows === null ? room : Math.min(room, BANNER_TITLE);
}

function bodyOf(breakpoint: "full" | "compact" | "tabs", input: LayoutInput, body: Rect): Region[] {
  if (input.overlayRows !== null) return overlayBody(body, input.overlayRows);
  if (input.isZoomed || (breakpoint === "tabs" && !input.isSpectator)) return [region(input.pane, body)];
  if (input.isSpectator && body.height < SPECTATOR_ALL_PANES) return twoPanes(body);
  return breakpoint === "full" ? fullBody(body) : compactBody(body);
}

/** Below this height proposals and log give way. */
const LEAST_FOUR_PANES = 9;

function compactBody(body: Rect): Region[] {
  if (body.height < LEAST_FOUR_PANES) return twoPanes(body);
  const content = body.height - 3;
  const upper = content - Math.max(2, Math.floor(content * 0.42));
  const left = Math.floor(body.width / 2);
  const [top, bottom] = splitRows(body, [upper]);
  if (top === undefined || bottom === undefined) return [];
  const [validators, chain] = splitColumns(top, left);
  const [proposals, log] = splitColumns(bottom, left);
  return [region("validators", validators), region("chain", chain), region("proposals", proposals), region("log", log)];
}

/** Panes below an overlay need so many rows to be worth it. */
const LEAST_PANES = 12;

function overlayBody(body: Rect, rows: number): Region[] {
  if (body.height - rows - 2 < LEAST_PANES) return [region("overlay", body)];
  const [top, rest] = splitRows(body, [rows]);
  return top === undefined || rest === undefined ? [] : [region("overlay", top), ...compactBody(rest)];
}

/** From this height on a spectator sees proposals and log too. */
const SPECTATOR_ALL_PANES = 16;

function twoPanes(body: Rect): Region[] {
  const [validators, chain] = splitColumns(body, Math.floor(body.width / 2));
  return [region("validators", validators), region("chain", chain)];
}

/** Lines that the detail of a block takes beside the chain. */
const DETAIL_ROWS = 14;

function fullBody(body: Rect): Region[] {
  const content = body.height - 4;
  const middle = Math.min(Math.max(8, content - 13), Math.max(DETAIL_ROWS, Math.floor(content * 0.45)));
  const upper = Math.floor((content - middle) * 0.58);
  const [top, center, bottom] = splitRows(body, [upper, middle]);
  if (top === undefined || center === undefined || bottom === undefined) return [];
  const [validators, proposals] = splitColumns(top, Math.floor(body.width * 0.58));
  const [chain, detail] = splitColumns(center, Math.floor(body.width * 0.4));
  return [
    region("validators", validators),
    region("proposals", proposals),
    region("chain", chain),
    region("detail", detail),
    region("log", bottom),
  ];
}

/** Cuts a rectangle into rows of so many lines inside their borders; the last row takes the rest. */
function splitRows(rect: Rect, inner: readonly number[]): Rect[] {
  let top = rect.top;
  const rows = inner.map((lines) => {
    const row = { ...rect, top, height: lines + 2 };
    top += lines + 1;
    return row;
  });
  return [...rows, { ...rect, top, height: rect.top + rect.height - top }];
}

/** Cuts a rectangle into two with a common border at column `at`. */
function splitColumns(rect: Rect, at: number): [Rect, Rect] {
  return [
    { ...rect, width: at + 1 },
    { ...rect, left: rect.left + at, width: rect.width - at },
  ];
}

function region(id: RegionId, outer: Rect): Region {
  return { id, outer, inner: insideOf(outer) };
}

function insideOf({ left, top, width, height }: Rect): Rect {
  return { left: left + 1, top: top + 1, width: Math.max(0, width - 2), height: Math.max(0, height - 2) };
}

/** Takes boxes from the top of a screen, each sharing its border with the one above. */
function stack(
  width: number,
  height: number,
): { take: (id: RegionId, rows: number) => Region; rest: (keep: number) => Rect } {
  let top = 0;
  return {
    take: (id, rows) => {
      const taken = region(id, { left: 0, top, width, height: rows + 2 });
      top += rows + 1;
      return taken;
    },
    rest: (keep) => ({ left: 0, top, width, height: height - keep - top }),
  };
}

/** So many of the lowest scores are seen in any case. */
const SEEN_SCORES = 8;

/**
 * The draw plays in the proposals, or where they have no room for the lowest scores, in the validators; where only one pane
 * stands, there. A pane that is being read is left alone.
 *
 * @param focus the pane that is read, null while the BPM field has the focus
 * @param scores how many there are
 */
export function drawRegion(focus: PaneId | null, { regions }: ScreenLayout, scores: number): RegionId | null {
  const rowsOf = (wanted: RegionId): number => regions.find(({ id }) => id === wanted)?.inner.height ?? 0;
  const rows = rowsOf("proposals");
  if (rows > 0) {
    const isCut = rows < Math.min(scores, SEEN_SCORES) && rows < rowsOf("validators");
    return isCut && focus !== "validators" ? "validators" : "proposals";
  }
  const panes = regions.filter(({ id }) => id === "validators" || id === "chain" || id === "log");
  return focus === null ? (panes[0]?.id ?? null) : null;
}
