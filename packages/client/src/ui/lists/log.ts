import type { LogLine } from "../../session/session.ts";

export interface LogRow extends LogLine {
  /** Tells lines of the same moment and text apart. */
  readonly key: string;
}

/** The log, newest first; a filter keeps the lines that contain it. */
export function listLog(log: readonly LogLine[], filter: string): readonly LogRow[] {
  const wanted = filter.trim().toLowerCase();
  const counts = new Map<string, number>();
  const rows: LogRow[] = [];
  for (const line of log) {
    const same = `${line.atMs} ${line.text}`;
    const count = counts.get(same) ?? 0;
    counts.set(same, count + 1);
    if (line.text.toLowerCase().includes(wanted)) rows.push({ ...line, key: `${same} ${count}` });
  }
  return rows.reverse();
}
