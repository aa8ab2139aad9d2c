/** How a rule shows its draw on a screen: a table of the proposals, and the recomputation step by step. */
export interface DrawView {
  /** Headings of the table. */
  readonly columns: readonly string[];
  /** One row a proposal, best first. */
  readonly rows: readonly DrawRow[];
  /**
   * How many were drawn from. Accepted proposals whose author has lost its stake since, by a slashing or an unbond, are not;
   * where rows are missing it cannot be told which those are, and all accepted ones are counted.
   */
  readonly drawn: number;
  /** The winner's way from seed to score, each step checkable by hand. */
  readonly steps: readonly DrawStep[];
}

export interface DrawRow {
  /** Public key of the author. */
  readonly publicKey: string;
  readonly isWinner: boolean;
  readonly cells: readonly string[];
}

export interface DrawStep {
  readonly label: string;
  /** How the value comes about, as text that one can follow. */
  readonly formula: string;
  readonly value: string;
  /** Did this client get the same value? */
  readonly isRight: boolean;
}
