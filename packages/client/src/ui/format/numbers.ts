/** Between digits, where groups of three follow up to the end. */
const GROUP_ENDS = /\B(?=(?:\d{3})+$)/g;

/** Whole tokens with separators: `1,250`. By hand: Intl takes 10 ms of the time to the first frame for it. */
export function tokens(amount: number): string {
  return String(Math.round(amount)).replaceAll(GROUP_ENDS, ",");
}

/** Tokens in few columns: `950`, `12.3k`, `4.5M`, `9007T`. */
export function shortTokens(amount: number): string {
  if (amount < 10_000) return String(amount);
  for (const [unit, factor] of [
    ["k", 1e3],
    ["M", 1e6],
    ["G", 1e9],
    ["T", 1e12],
  ] as const) {
    const scaled = amount / factor;
    if (scaled < 1000 || unit === "T")
      return `${scaled < 100 ? trimZero(floorTo(scaled, 1)) : Math.floor(scaled)}${unit}`;
  }
  return String(amount);
}

/** A share of 0 to 1 in per cent: `37.3%`. A small one that is not nothing never reads 0.0%. */
export function percent(share: number): string {
  return share > 0 && share < 0.0005 ? "<0.1%" : `${(share * 100).toFixed(1)}%`;
}

/** A share in per cent without its sign, for columns of figures: `37.3`, and `100` in as many columns. */
export function percentFigure(share: number): string {
  return share >= 0.9995 ? "100" : (share * 100).toFixed(1);
}

/** With its sign: `+8%`, `−12%`. */
export function signedPercent(ratio: number): string {
  const rounded = Math.round(ratio * 100);
  return `${rounded < 0 ? "−" : "+"}${tokens(Math.abs(rounded))}%`;
}

/** One digit after the point: `28.6`. */
export function oneDigit(value: number): string {
  return value.toFixed(1);
}

/** A z-score with its sign: `+0.5`. */
export function signedDigit(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
}

function floorTo(value: number, digits: number): string {
  const factor = 10 ** digits;
  return (Math.floor(value * factor) / factor).toFixed(digits);
}

function trimZero(text: string): string {
  return text.endsWith(".0") ? text.slice(0, -2) : text;
}
