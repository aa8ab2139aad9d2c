// Every link of every page leads somewhere, and every file that a page names is there.
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { anchorOf, readPage, sectionsOf, withoutFences } from "../support/markdown.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

const PAGES = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.replaceAll("\\", "/")}`),
  ...["hub", "client"].map((name) => `packages/${name}/README.md`),
];

/** `[text](target)`, pictures too. */
const LINK = /!?\[[^\]]*\]\(([^)\s]+)\)/g;
/** A file or folder of this repository, as code; one with a placeholder or a wildcard in it names no single one. */
const NAMED_PATH = /`((?:packages|docs|scripts|test)\/[\w./-]+)`/g;

test.each(PAGES)("%s: every link leads somewhere", (path) => {
  for (const [, target = ""] of withoutFences(readPage(path)).matchAll(LINK)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [file = "", anchor] = target.split("#");
    const linked = file === "" ? path : join(dirname(path), file);
    expect(existsSync(join(root, linked)), `${target} of ${path}`).toBe(true);
    if (anchor === undefined) continue;
    const anchors = sectionsOf(readPage(linked)).map(({ title }) => anchorOf(title));
    expect(anchors, `${target} of ${path}`).toContain(anchor);
  }
});

test.each(PAGES)("%s: every file that it names is there", (path) => {
  for (const [, named = ""] of readPage(path).matchAll(NAMED_PATH)) {
    expect(existsSync(join(root, named)), `${named} in ${path}`).toBe(true);
  }
});

test.each(PAGES)("%s: headings that are linked to are unique", (path) => {
  const anchors = sectionsOf(readPage(path)).map(({ title }) => anchorOf(title));
  const twice = anchors.filter((anchor, at) => anchors.indexOf(anchor) !== at);
  // A changelog repeats Added, Changed and Fixed for each version.
  expect(path === "CHANGELOG.md" ? [] : twice).toEqual([]);
});
