import { setImmediate as nextTurn } from "node:timers/promises";

/** So many sockets take about 5 ms; then other work has its turn (rounds must close on time). */
const SLICE = 500;

/**
 * Calls `visit` for each item, and lets the event loop turn after every slice. The iterator of a Set goes on rightly
 * where items come and go meanwhile.
 */
export async function inSlices<T>(items: Iterable<T>, visit: (item: T) => void): Promise<void> {
  let visited = 0;
  for (const item of items) {
    visit(item);
    if (++visited % SLICE === 0) await nextTurn();
  }
}
