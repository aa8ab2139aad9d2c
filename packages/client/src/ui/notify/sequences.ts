/** Sequences for the terminal that draw nothing. */

/** Sets the window's title (OSC 2). */
export function setTitle(title: string): string {
  return `\u001b]2;${title}\u0007`;
}

/** Keeps the title that stands now, and puts it back (xterm's window operations 22 and 23). */
export const PUSH_TITLE = "\u001b[22;2t";
export const POP_TITLE = "\u001b[23;2t";

/** Puts a text into the clipboard of whoever sits at the terminal, also over ssh (OSC 52). */
export function copyToClipboard(text: string): string {
  return `\u001b]52;c;${Buffer.from(text, "utf8").toString("base64")}\u0007`;
}

/** Rings, and shows a notice where the terminal can (OSC 9). */
export function ringAndNotify(text: string): string {
  return `\u0007\u001b]9;${text}\u0007`;
}
