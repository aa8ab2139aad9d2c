import type { CommandId } from "../keys/binding.ts";
import type { Movement } from "../lists/position.ts";

const MOVEMENTS: ReadonlySet<CommandId> = new Set<Movement>(["down", "up", "pageDown", "pageUp", "first", "last"]);

export function isMovement(command: CommandId): command is Movement {
  return MOVEMENTS.has(command);
}

/** Where a movement leads from line `from`: between 0 and `last`, a page at a time or a line. */
export function scroll(from: number, movement: Movement, page: number, last: number): number {
  switch (movement) {
    case "first":
      return 0;
    case "last":
      return last;
    case "down":
      return Math.min(last, from + 1);
    case "up":
      return Math.max(0, from - 1);
    case "pageDown":
      return Math.min(last, from + page);
    case "pageUp":
      return Math.max(0, from - page);
  }
}
