/** Name of the WebSocket subprotocol (DESIGN §9). */
export const SUBPROTOCOL = "pos.v1";

/** Largest frame that the hub takes, in bytes. */
export const MAX_FRAME_BYTES = 64 * 1024;

/** Longest request id, in UTF-16 code units; a nanoid has 21. */
export const MAX_ID_UNITS = 32;

/** Longest join token, in UTF-16 code units. */
export const MAX_TOKEN_UNITS = 256;

/** Longest piece of what is given back to a hub, in UTF-16 code units; as JSON in a frame it stays below 64 KiB. */
export const MAX_RESTORE_UNITS = 16_000;

/** Most blocks of a page; the hub may send fewer, so that a page stays near 1 MiB. */
export const MAX_PAGE_BLOCKS = 1_000;

/** Most proposals, validators or proofs of a page. */
export const MAX_PAGE_PROPOSALS = 1_000;
export const MAX_PAGE_VALIDATORS = 1_000;
export const MAX_PROOFS = 16;

/** Proposals that the hub pushes beside a block: the lowest of the draw, for the screen (DESIGN §9). */
export const LOWEST_SHOWN = 8;

/** Most rows of one push of validators, and most entries of one push of activity. */
export const MAX_PUSHED_ROWS = 64;
