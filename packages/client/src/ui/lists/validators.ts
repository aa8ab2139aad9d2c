import { foldName } from "pos-shared/model/name.ts";
import type { ValidatorView } from "../../session/session.ts";
import type { ValidatorSort } from "../state/ui-state.ts";
import { luckOf } from "./luck.ts";

/** The validators that a filter keeps, in the order of a sort. `bob`, or the beginning of an address. */
export function listValidators(
  all: readonly ValidatorView[],
  sort: ValidatorSort,
  filter: string,
): readonly ValidatorView[] {
  const wanted = foldName(filter.trim());
  const kept =
    wanted === ""
      ? all
      : all.filter(({ name, address }) => foldName(name).includes(wanted) || address.startsWith(wanted));
  return sort === "stake" ? kept : [...kept].sort(ORDERS[sort]);
}

const byName = (a: ValidatorView, b: ValidatorView): number => {
  const [first, second] = [foldName(a.name), foldName(b.name)];
  return first < second ? -1 : Number(first > second);
};

const ORDERS: Readonly<Record<Exclude<ValidatorSort, "stake">, (a: ValidatorView, b: ValidatorView) => number>> = {
  name: byName,
  wins: (a, b) => b.wins - a.wins || byName(a, b),
  luck: (a, b) => luckOf(b).z - luckOf(a).z || byName(a, b),
};

// Letters that look alike in a terminal, brought to one of them.
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "l",
  i: "l",
  а: "a",
  в: "b",
  с: "c",
  е: "e",
  ё: "e",
  һ: "h",
  і: "l",
  ј: "j",
  к: "k",
  м: "m",
  н: "h",
  о: "o",
  р: "p",
  ѕ: "s",
  т: "t",
  у: "y",
  х: "x",
  α: "a",
  β: "b",
  ε: "e",
  ι: "l",
  κ: "k",
  ν: "v",
  ο: "o",
  ρ: "p",
  τ: "t",
  υ: "u",
  χ: "x",
};

/** Looks by name: a list of a thousand validators is looked at anew ten times a second. */
const looks = new Map<string, string>();
const MOST_LOOKS = 20_000;

/** What a name looks like at a glance: two names with the same look are told apart by their addresses. */
export function lookOf(name: string): string {
  const known = looks.get(name);
  if (known !== undefined) return known;
  let look = "";
  for (const letter of foldName(name)) {
    const plain = letter.normalize("NFD").charAt(0);
    look += LOOK_ALIKES[plain] ?? plain;
  }
  const level = look.replaceAll("_", "-");
  if (looks.size >= MOST_LOOKS) looks.clear();
  looks.set(name, level);
  return level;
}

const sharedIn = new WeakMap<readonly ValidatorView[], ReadonlySet<string>>();

/** Looks that more than one name in the list has. */
export function sharedLooks(all: readonly ValidatorView[]): ReadonlySet<string> {
  const known = sharedIn.get(all);
  if (known !== undefined) return known;
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { name } of all) {
    const look = lookOf(name);
    if (seen.has(look)) shared.add(look);
    seen.add(look);
  }
  sharedIn.set(all, shared);
  return shared;
}
