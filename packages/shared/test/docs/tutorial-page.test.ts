// docs/from-the-tutorial.md names all 24 defects of the original, and each test that shows one absent.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readPage, rowsOf, sectionOf } from "../support/markdown.ts";

const DEFECTS = 24;
const folder = "test/tutorial";

const rows = rowsOf(
  sectionOf(readPage("docs/from-the-tutorial.md"), "What it gets wrong, and what stands here instead").body,
);

/** The numbers of the defects that a test is about, as in `defect-03-23-joining-at-once.test.ts`. */
function numbersOf(file: string): number[] {
  return (/^defect-((?:\d\d-)+)/.exec(file)?.[1] ?? "").split("-").filter(Boolean).map(Number);
}

test("all defects stand there, in order, with what stands here instead", () => {
  expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: DEFECTS }, (_, index) => index + 1));
  for (const [, wrong, here] of rows) expect([wrong, here]).not.toContain("");
});

test("each test stands beside its defects, and no other file does", () => {
  const files = readdirSync(fileURLToPath(new URL(`../../../../${folder}`, import.meta.url)))
    .filter((name) => name.startsWith("defect-") && name.endsWith(".test.ts"))
    .sort();
  for (const [number, , , tests = ""] of rows) {
    expect(tests, `defect ${number}`).not.toBe("");
    const expected = files.filter((file) => numbersOf(file).includes(Number(number)));
    const written = [...tests.matchAll(/`([^`]+)`/g)].map(([, path]) => path);
    expect(written.sort(), `defect ${number}`).toEqual(expected.map((file) => `${folder}/${file}`));
  }
});
