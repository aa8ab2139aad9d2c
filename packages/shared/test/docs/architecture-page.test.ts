// docs/architecture.md names each rule, each room and each folder where it is.
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { RULE_NAMES } from "../../src/rules/check.ts";
import { codeOf, readPage, rowsOf, sectionOf } from "../support/markdown.ts";

const page = readPage("docs/architecture.md");
const pathOf = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

describe("the rules of verification", () => {
  const rows = rowsOf(sectionOf(page, "Where each rule of verification lives").body).map(([rule, what, file]) => ({
    rule: codeOf(rule),
    what,
    file: codeOf(file),
  }));

  test("stand there in the order in which they are checked (SPEC §7)", () => {
    expect(rows.map(({ rule }) => rule)).toEqual(RULE_NAMES);
  });

  test.each(rows)("$rule is in $file, a file of that name that says so", ({ rule, what, file }) => {
    expect(what).not.toBe("");
    expect(file.endsWith(`/${rule}.ts`)).toBe(true);
    expect(readPage(file)).toContain(`Rule \`${rule}\``);
  });
});

describe.each([
  ["Rooms", "packages/shared/src"],
  ["Hub", "packages/hub/src"],
  ["Client", "packages/client/src"],
])("%s", (title, folder) => {
  test(`every folder of ${folder} stands there, and no other`, () => {
    const written = rowsOf(sectionOf(page, title).body).map(([path]) => codeOf(path));
    const there = readdirSync(pathOf(folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && readdirSync(pathOf(`${folder}/${entry.name}`)).length > 0)
      .map(({ name }) => `${folder}/${name}`);
    expect([...written].sort()).toEqual(there.sort());
    for (const path of written) expect(existsSync(pathOf(path)), path).toBe(true);
  });
});
