/** A persistent first-in-first-out queue of two linked lists; pushing and popping take constant time on average. */
interface Cell<T> {
  readonly item: T;
  readonly next: Cell<T> | undefined;
}

export interface Queue<T> {
  readonly front: Cell<T> | undefined;
  /** Newest first; turned over when the front is used up. */
  readonly back: Cell<T> | undefined;
}

export const EMPTY_QUEUE: Queue<never> = { front: undefined, back: undefined };

export function push<T>(queue: Queue<T>, item: T): Queue<T> {
  if (queue.front === undefined) return { front: { item, next: undefined }, back: undefined };
  return { front: queue.front, back: { item, next: queue.back } };
}

export function peek<T>(queue: Queue<T>): T | undefined {
  return queue.front?.item;
}

export function pop<T>(queue: Queue<T>): Queue<T> {
  if (queue.front === undefined || queue.front.next !== undefined)
    return { front: queue.front?.next, back: queue.back };
  let front: Cell<T> | undefined;
  for (let cell = queue.back; cell !== undefined; cell = cell.next) front = { item: cell.item, next: front };
  return { front, back: undefined };
}
