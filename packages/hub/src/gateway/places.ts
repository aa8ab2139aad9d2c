import { AddressCounts } from "./address-counts.ts";

/** So many things at once, in all and of one address. Loopback has no limit of its own. */
export class Places {
  readonly #max: number;
  readonly #counts: AddressCounts;
  #taken = 0;

  constructor(max: number, maxPerAddress: number) {
    this.#max = max;
    this.#counts = new AddressCounts(maxPerAddress);
  }

  get taken(): number {
    return this.#taken;
  }

  /** Takes a place, or says false. Each place taken is given back by {@link release}. */
  take(address: string): boolean {
    if (this.#taken >= this.#max || !this.#counts.take(address)) return false;
    this.#taken += 1;
    return true;
  }

  release(address: string): void {
    this.#taken -= 1;
    this.#counts.release(address);
  }
}
