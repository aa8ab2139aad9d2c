/** Weight of an arm of a border's cell. */
export const NONE = 0;
export const LIGHT = 1;
export const HEAVY = 2;

/** The four arms of a cell: up, right, down, left. */
export interface Arms {
  up: number;
  right: number;
  down: number;
  left: number;
}

// Unicode orders the eight mixtures of light and heavy arms of each junction in the same way; the digits say which
// arms are heavy, for a junction with three arms in the order named, for the cross up, right, down, left.
const TEE_RIGHT = {
  arms: ["up", "right", "down"],
  signs: "├┝┞┟┠┡┢┣",
  heavy: ["", "1", "0", "2", "02", "01", "12", "012"],
} as const;
const TEE_LEFT = {
  arms: ["up", "left", "down"],
  signs: "┤┥┦┧┨┩┪┫",
  heavy: ["", "1", "0", "2", "02", "01", "12", "012"],
} as const;
const TEE_DOWN = {
  arms: ["left", "right", "down"],
  signs: "┬┭┮┯┰┱┲┳",
  heavy: ["", "0", "1", "01", "2", "02", "12", "012"],
} as const;
const TEE_UP = {
  arms: ["left", "right", "up"],
  signs: "┴┵┶┷┸┹┺┻",
  heavy: ["", "0", "1", "01", "2", "02", "12", "012"],
} as const;
const CROSS = {
  arms: ["up", "right", "down", "left"],
  signs: "┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋",
  heavy: ["", "3", "1", "13", "0", "2", "02", "03", "01", "23", "12", "013", "123", "023", "012", "0123"],
} as const;
const STRAIGHT: Readonly<Record<string, string>> = {
  "0101": "─",
  "0202": "━",
  "1010": "│",
  "2020": "┃",
  "0110": "╭",
  "0011": "╮",
  "1100": "╰",
  "1001": "╯",
  "0220": "┏",
  "0022": "┓",
  "2200": "┗",
  "2002": "┛",
  "0120": "┎",
  "0210": "┍",
  "0012": "┑",
  "0021": "┒",
  "1200": "┕",
  "2100": "┖",
  "1002": "┙",
  "2001": "┚",
};

/** The box drawing sign with these arms, or a blank. */
export function boxSign(arms: Arms): string {
  const straight = STRAIGHT[`${arms.up}${arms.right}${arms.down}${arms.left}`];
  if (straight !== undefined) return straight;
  const present = Number(arms.up > 0) + Number(arms.right > 0) + Number(arms.down > 0) + Number(arms.left > 0);
  if (present === 4) return pick(CROSS, arms);
  if (present === 3) {
    if (arms.left === NONE) return pick(TEE_RIGHT, arms);
    if (arms.right === NONE) return pick(TEE_LEFT, arms);
    return pick(arms.up === NONE ? TEE_DOWN : TEE_UP, arms);
  }
  // Arms of two weights on one straight line: the heavier side decides.
  return arms.left + arms.right > 0 ? (arms.left + arms.right > 2 ? "━" : "─") : arms.up + arms.down > 2 ? "┃" : "│";
}

interface Junction {
  readonly arms: readonly (keyof Arms)[];
  readonly signs: string;
  readonly heavy: readonly string[];
}

function pick(junction: Junction, arms: Arms): string {
  const heavy = junction.arms.map((arm, i) => (arms[arm] === HEAVY ? String(i) : "")).join("");
  return junction.signs[junction.heavy.indexOf(heavy)] ?? " ";
}
