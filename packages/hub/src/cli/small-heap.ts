import { setFlagsFromString } from "node:v8";

/**
 * Keeps V8's space for young objects as large as it has become by the start, some 8 MB. It would double whenever many objects
 * live through a collection, up to 64 MB, and never give that back: a hub is up for months, and what the system has given it
 * should say what it holds. (Node has an option for it, but none that a program can set for itself.)
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
