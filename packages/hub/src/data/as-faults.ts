import { err, type Result } from "pos-shared/model/result.ts";
import { StoreError } from "../store/store-error.ts";
import { type DataFault, reasonOf } from "./data-fault.ts";
import type { DataFiles } from "./data-files.ts";

/** Turns what the store and the operating system refuse into data. Our own mistakes stay what they are. */
export function asFaults<T>(files: DataFiles, work: () => Result<T, DataFault>): Result<T, DataFault> {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof StoreError) return err({ code: "STORE", file: files.chain, fault: thrown.fault });
    if (thrown instanceof Error && "syscall" in thrown) {
      return err({ code: "DATA_UNUSABLE", path: files.directory, reason: reasonOf(thrown) });
    }
    throw thrown;
  }
}
