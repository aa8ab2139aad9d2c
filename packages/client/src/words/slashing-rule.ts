/** By which rule staked tokens burn (DESIGN §7); said before the first bond, wherever that is asked for. */
export const SLASHING_RULE =
  "Staked tokens burn if your key signs a BPM that is no whole number, two BPMs for one round, or a false draw. This client never does that by itself.";

/** The same for a line of the log. */
export const SLASHING_RULE_SHORT = "Stake burns if its key signs two BPMs a round, one like 7.5 or a false draw.";
