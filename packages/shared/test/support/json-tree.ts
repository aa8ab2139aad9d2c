/** JSON values as trees whose nodes are named by a path: to change one place of a block and nothing else. */
export type Path = readonly (string | number)[];

export interface Leaf {
  readonly path: Path;
  readonly value: unknown;
}

/** All places of a value that hold no object or list with something in it. */
export function leavesOf(value: unknown, path: Path = []): Leaf[] {
  const children = childrenOf(value);
  if (children.length === 0) return [{ path, value }];
  return children.flatMap(([key, child]) => leavesOf(child, [...path, key]));
}

/** All places of a value, the whole first. */
export function nodesOf(value: unknown, path: Path = []): Leaf[] {
  return [{ path, value }, ...childrenOf(value).flatMap(([key, child]) => nodesOf(child, [...path, key]))];
}

/** A copy of a value with another one at a place; the given one stays as it was. */
export function replaceAt(value: unknown, path: Path, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (Array.isArray(value)) return value.map((item, i) => (i === key ? replaceAt(item, rest, replacement) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [
      name,
      name === key ? replaceAt(item, rest, replacement) : item,
    ]),
  );
}

/** A copy of a value without what stands at a place. */
export function removeAt(value: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (Array.isArray(value)) {
    if (rest.length === 0) return value.filter((_, i) => i !== key);
    return value.map((item, i) => (i === key ? removeAt(item, rest) : item));
  }
  const entries = Object.entries(value as object);
  if (rest.length === 0) return Object.fromEntries(entries.filter(([name]) => name !== key));
  return Object.fromEntries(entries.map(([name, item]) => [name, name === key ? removeAt(item, rest) : item]));
}

function childrenOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((item, i) => [i, item]);
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
