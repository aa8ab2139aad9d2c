/**
 * The ways in which a hub can cheat, for teaching and testing. It stays honest in its acknowledgements and is
 * self-consistent ever after: everything is sealed again with its own key. docs/threat-model.md says who sees what.
 */
export const EVIL_MODES = ["drop", "skip", "second", "fork", "ledger", "lose", "early", "censor"] as const;
export type EvilMode = (typeof EVIL_MODES)[number];

export interface EvilModeFacts {
  /** What the hub does. */
  readonly deed: string;
  /** When an honest client must see it. */
  readonly seen: string;
  /** Is it proven by what the hub signed, or only suspected? `either`: it depends on how it is done. */
  readonly weight: "proves" | "suspects" | "either";
}

export const EVIL_MODE_FACTS: Readonly<Record<EvilMode, EvilModeFacts>> = {
  drop: {
    deed: "leaves a receipted proposal out of the round, winning or not",
    seen: "with the block",
    weight: "proves",
  },
  skip: {
    deed: "lets a round with receipted proposals end without a block",
    seen: "with the next opening",
    weight: "proves",
  },
  second: { deed: "records the second best score", seen: "with the block", weight: "proves" },
  fork: {
    deed: "seals two blocks of one index for different clients",
    seen: "when two clients compare, or one reconnects",
    weight: "proves",
  },
  ledger: { deed: "pays the reward to someone else", seen: "with the block", weight: "proves" },
  lose: { deed: "acknowledges a transaction and never records it", seen: "with that round's block", weight: "proves" },
  early: {
    deed: "seals with another time than the announced close, or closes early by the clock",
    seen: "with the block",
    weight: "either",
  },
  censor: {
    deed: "gives no receipt to proposals that would win",
    seen: "by the victim, at the close",
    weight: "suspects",
  },
};

export function isEvilMode(text: string): text is EvilMode {
  return EVIL_MODES.some((mode) => mode === text);
}
