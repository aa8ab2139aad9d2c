import { accessSync, constants } from "node:fs";
import { type DataFault, reasonOf } from "./data-fault.ts";

/** Reasons of the operating system that say: it is not there. */
const NOT_THERE = ["ENOENT", "ENOTDIR"];

/** Why a file that is there, or in a directory that tells nothing, cannot be read; undefined where it can, or is not there. */
export function findUnreadable(path: string): DataFault | undefined {
  try {
    accessSync(path, constants.R_OK);
    return undefined;
  } catch (thrown) {
    const reason = reasonOf(thrown);
    return NOT_THERE.includes(reason) ? undefined : { code: "DATA_UNREADABLE", path, reason };
  }
}
