/** Why a validator was slashed, after "it was slashed:". */
export const OFFENCES = {
  bpm: "it signed a BPM that is no whole number",
  equivocation: "it signed two different proposals for one round",
  vrf: "it claimed a false random value",
} as const;
