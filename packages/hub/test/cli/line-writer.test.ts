import { expect, test } from "vitest";
import { createLineWriter } from "../../src/cli/line-writer.ts";

function start() {
  const written: string[] = [];
  let exit = (): void => {};
  const writeLine = createLineWriter(
    (text) => written.push(text),
    (callback) => {
      exit = callback;
    },
  );
  return { written, writeLine, exit: () => exit() };
}

test("lines of one turn are one write, in order, and those of the next turn another", async () => {
  const { written, writeLine } = start();
  writeLine("a");
  writeLine("b");
  expect(written).toEqual([]);
  await Promise.resolve();
  writeLine("c");
  await Promise.resolve();
  expect(written).toEqual(["a\nb\n", "c\n"]);
});

test("what waits when the process ends is written, once", async () => {
  const { written, writeLine, exit } = start();
  writeLine("the last words");
  exit();
  await Promise.resolve();
  exit();
  expect(written).toEqual(["the last words\n"]);
});
