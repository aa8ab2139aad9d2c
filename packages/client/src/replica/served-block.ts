/** A block as it came; its round's proposals where they came too. */
export interface ServedBlock {
  readonly block: unknown;
  readonly proposals: readonly unknown[] | undefined;
}
