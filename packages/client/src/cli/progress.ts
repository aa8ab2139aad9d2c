/** Progress is drawn anew after so many milliseconds, on a terminal only. */
const REDRAW_MS = 200;

export interface Progress {
  readonly show: (line: string) => void;
  readonly clear: () => void;
}

/** One line on a terminal's standard error that is drawn over; nothing elsewhere. */
export function openProgress(): Progress {
  const { stderr } = process;
  if (!stderr.isTTY) return { show: () => {}, clear: () => {} };
  let shownMs = Number.NEGATIVE_INFINITY;
  return {
    show: (line) => {
      const nowMs = performance.now();
      if (nowMs - shownMs < REDRAW_MS) return;
      shownMs = nowMs;
      stderr.write(`\r\u001B[2K${line}`);
    },
    clear: () => void stderr.write("\r\u001B[2K"),
  };
}
