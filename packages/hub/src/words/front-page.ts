/** What the hub's own web page says. */
export const frontPageWords = {
  title: (network: string): string => `The network ${network}`,
  state: (phase: "idle" | "open" | "sealing", round: number, validators: number, stake: number): string =>
    phase === "idle"
      ? "Nobody has anything staked. The next stake opens a round."
      : `Round ${round} is open: ${validators} validator(s) with ${stake} token(s) at stake.`,
  rule: (rule: string): string =>
    `The rule is ${rule}: each round a lottery, weighted by stake, picks whose block is recorded.`,
  noBlock: "No block has been recorded yet.",
  winner: (index: number, name: string, bpm: number): string =>
    `The last block is number ${index}: ${name} won with a pulse of ${bpm} BPM.`,
  noWinner: (index: number): string => `The last block is number ${index}; it has no winner.`,
  howToJoin: "Join from a terminal",
  commands: (hubUrl: string, chainId: string, needsToken: boolean): string =>
    `${needsToken ? "POS_CLIENT_TOKEN=the-join-token " : ""}npx pos-client --hub ${hubUrl} --chain ${chainId} --stake 100`,
  read: "Without joining you can read",
} as const;
