import { addressGroup, isLoopback } from "./address.ts";

/** Counts what one address holds, and says when that is too much. Loopback is not counted. */
export class AddressCounts {
  readonly #max: number;
  readonly #counts = new Map<string, number>();

  constructor(max: number) {
    this.#max = max;
  }

  /** Takes a place for an address, or says false. Each place taken is given back by {@link release}. */
  take(address: string): boolean {
    if (isLoopback(address)) return true;
    const group = addressGroup(address);
    const count = this.#counts.get(group) ?? 0;
    if (count >= this.#max) return false;
    this.#counts.set(group, count + 1);
    return true;
  }

  release(address: string): void {
    if (isLoopback(address)) return;
    const group = addressGroup(address);
    const count = this.#counts.get(group) ?? 0;
    if (count <= 1) this.#counts.delete(group);
    else this.#counts.set(group, count - 1);
  }
}
