/** Largest integer of the protocol, 2^53−1 (SPEC §1): every amount, round, index and nonce lies in 0 … MAX_INTEGER. */
export const MAX_INTEGER = Number.MAX_SAFE_INTEGER;

/** Deepest nesting of an object; the outermost object is level 1 (SPEC §1). */
export const MAX_NESTING = 16;

/** Most code points of a name (SPEC §3). */
export const MAX_NAME_CODE_POINTS = 16;

/** Most code points of a network's name (SPEC §2). */
export const MAX_NETWORK_CODE_POINTS = 32;

/** Largest grant where the faucet is unlimited, in tokens (SPEC §3). */
export const MAX_UNLIMITED_GRANT = 1_000_000_000;

/** Most entries of an account's `activating` and of its `unbonding` list (SPEC §3). */
export const MAX_PENDING_ENTRIES = 64;

/** Longest text that a polluted proposal may carry as its bpm, in UTF-16 code units (SPEC §3). */
export const MAX_POLLUTED_BPM_UNITS = 64;

/** Shortest round, in milliseconds (SPEC §2). */
export const MIN_ROUND_MS = 200;

/** Most transactions that are accepted for one round (DESIGN §5). */
export const MAX_TRANSACTIONS_PER_ROUND = 2_000;

/** Up to this many proposals a client checks a draw in full; above it by spot checks (DESIGN §6). */
export const FULL_CHECK_PROPOSALS = 64;
