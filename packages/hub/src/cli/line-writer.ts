/**
 * Takes lines for a stream, and writes all that come in one turn of the event loop at once: each write is a call of the
 * system, and a thousand proposals are a thousand lines.
 *
 * @param write takes text without waiting
 * @param atExit runs a callback when the process ends, so that the last lines are not lost
 */
export function createLineWriter(
  write: (text: string) => void,
  atExit: (callback: () => void) => void,
): (line: string) => void {
  let text = "";
  const flush = (): void => {
    if (text === "") return;
    const waiting = text;
    text = "";
    write(waiting);
  };
  atExit(flush);
  return (line) => {
    if (text === "") queueMicrotask(flush);
    text += `${line}\n`;
  };
}
