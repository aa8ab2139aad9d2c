import { join } from "node:path";
import { expect, it } from "vitest";
import type { Scope } from "../../../src/ui/keys/binding.ts";
import { bindingsOf } from "../../../src/ui/keys/bindings.ts";
import { words } from "../../../src/ui/words.ts";

const SECTIONS: readonly Scope[] = ["main", "entry", "block", "verify", "filter", "palette", "staking", "quit"];
const DOCUMENT = join(import.meta.dirname, "../../../../../docs/keys.md");

const OPENING = [
  "# Keys of the screen",
  "",
  "Digits typed anywhere start a BPM; Enter proposes it. This page is made from the table of keys in",
  "`packages/client/src/ui/keys/bindings.ts`, as the `?` overlay and the footer are.",
  "",
  "",
].join("\n");

/** All keys as Markdown. */
function keysMarkdown(): string {
  const sections = SECTIONS.map((scope) => {
    const rows = bindingsOf(scope, false).map(
      ({ keys, help }) => `| ${keys.map((key) => `\`${key}\``).join(" ")} | ${help} |`,
    );
    return [`## ${words.help.scopes[scope]}`, "", "| key | what it does |", "| --- | --- |", ...rows].join("\n");
  });
  return `${OPENING}${sections.join("\n\n")}\n`;
}

it("docs/keys.md says what the table of bindings says (`npx vitest run -u` writes it)", async () => {
  await expect(keysMarkdown()).toMatchFileSnapshot(DOCUMENT);
});
