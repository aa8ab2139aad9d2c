const START = Buffer.from('{"type":"blocks","re":"');
const BEFORE_BLOCKS = ',"blocks":[';
const AFTER_BLOCKS = '],"tip":';
/** The id of a request is shorter. */
const MAX_START_BYTES = 256;

/** A `blocks` reply in two: the message without its blocks, and their text, with commas between them. */
export interface BlocksFrame {
  readonly shell: string;
  /** The request that it answers. */
  readonly re: string;
  readonly blocks: Buffer;
}

/**
 * Takes a `blocks` reply apart without parsing it. Undefined for every other message, and for one whose fields stand in
 * another order than the hub's: that is to be parsed as any message is.
 */
export function splitBlocksFrame(frame: Buffer): BlocksFrame | undefined {
  if (!frame.subarray(0, START.length).equals(START)) return undefined;
  const before = frame.subarray(0, MAX_START_BYTES).indexOf(BEFORE_BLOCKS);
  const end = frame.lastIndexOf(AFTER_BLOCKS);
  const begin = before + BEFORE_BLOCKS.length;
  if (before === -1 || end < begin) return undefined;
  const shell = frame.toString("utf8", 0, begin) + frame.toString("utf8", end);
  const re = frame.toString("latin1", START.length, before - 1);
  return { shell, re, blocks: frame.subarray(begin, end) };
}
