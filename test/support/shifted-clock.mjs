// Loaded before a program (NODE_OPTIONS=--import): a machine whose wall clock is off by what a file says, in
// milliseconds, and jumps when the file changes. The monotonic clock is not touched, as on a real machine.
import { readFileSync } from "node:fs";

const { POS_TEST_CLOCK_FILE: file } = process.env;
const RealDate = globalThis.Date;

function shiftMs() {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
}

globalThis.Date = class ShiftedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shiftMs());
    else super(...given);
  }

  static now() {
    return RealDate.now() + shiftMs();
  }
};
