/** How much memory V8 takes from the system: as far as a program can settle that for itself. */
import { setFlagsFromString } from "node:v8";

/** Where 19,000 are connected, old objects are looked through after some 40 MB of new ones. */
const GROWTH_PERCENT = 50;

/**
 * A hub is up for months, and what the system has given it should say what it holds. (Node has options for the first, but none
 * that a program can set for itself.)
 *
 * - V8's space for young objects stays as large as it is when the program starts, 1 to 2 MB. It would double whenever many
 *   objects live through a collection, up to 32 MB, and give that back only when there is little to do. So the young ones are
 *   collected twenty times for 1,000 proposals, which takes a twentieth of their time.
 * - Old objects are cleared away once there is half as much again of them as were in use. V8 lets a small heap grow to several
 *   times that: the garbage of a start with thousands of accounts would stay, and the clients who then come would be put beside it.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
