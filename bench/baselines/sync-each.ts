import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";

/** The least that durable records can be: appended to a file, each on the disk before the next. */
export class SyncedFile {
  readonly #descriptor: number;

  constructor(path: string) {
    this.#descriptor = openSync(path, "a");
  }

  append(record: string): void {
    writeSync(this.#descriptor, record);
    fdatasyncSync(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
