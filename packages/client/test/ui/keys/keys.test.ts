import type { Key } from "ink";
import { describe, expect, it } from "vitest";
import { lineText } from "../../../src/ui/format/line.ts";
import { SCOPES } from "../../../src/ui/keys/binding.ts";
import { BINDINGS, bindingsOf, findBinding } from "../../../src/ui/keys/bindings.ts";
import { footerLine } from "../../../src/ui/keys/footer.ts";
import { keyPressesOf } from "../../../src/ui/keys/key-press.ts";

const NO_KEY: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};
const names = (input: string, key: Partial<Key> = {}): string =>
  keyPressesOf(input, { ...NO_KEY, ...key })
    .map(({ name }) => name)
    .join(" ");

describe("keys (TUI rule 17)", () => {
  it("that arrive together are taken apart", () => {
    expect(names("jjj")).toBe("j j j");
    expect(names("72\r")).toBe("7 2 Enter");
    expect(names("q\u0003")).toBe("q Ctrl-C");
    expect(names("a\u007f\tb")).toBe("a Backspace Tab b");
  });

  it("have names", () => {
    expect(names("", { downArrow: true })).toBe("Down");
    expect(names("", { tab: true, shift: true })).toBe("Shift-Tab");
    expect(names("c", { ctrl: true })).toBe("Ctrl-C");
    expect(names("", { escape: true })).toBe("Esc");
  });

  it("that mean nothing give nothing", () => {
    expect(names("\u0000\u001c")).toBe("");
    expect(names("b", { meta: true })).toBe("");
    expect(names("j", { eventType: "release" })).toBe("");
  });

  it("of wide scripts are one key each", () => {
    expect(names("日本")).toBe("日 本");
  });
});

describe("the table of bindings", () => {
  it("gives each key one meaning in a scope", () => {
    const seen = new Map<string, string>();
    for (const { scopes, keys, command } of BINDINGS) {
      for (const scope of scopes) {
        for (const key of keys) {
          expect(seen.get(`${scope} ${key}`), `${key} in ${scope}: ${command}`).toBeUndefined();
          seen.set(`${scope} ${key}`, command);
        }
      }
    }
  });

  it("lets Esc back out everywhere and quit nowhere (TUI rule 10)", () => {
    for (const scope of SCOPES) {
      expect(["back", "clearEntry"]).toContain(findBinding(scope, "Esc")?.command);
      expect(findBinding(scope, "Ctrl-C")?.command).toBe("interrupt");
    }
  });

  it("has the keys of TUI.md", () => {
    const main = bindingsOf("main", false).flatMap(({ keys }) => keys);
    for (const key of "Tab Shift-Tab V C P L z j k g G PgUp PgDn Home End Down Up / : Enter [ v y s r S p T ? q".split(
      " ",
    )) {
      expect(main).toContain(key);
    }
  });

  it("has nothing for a spectator that needs an identity", () => {
    const commands = bindingsOf("main", true).map(({ command }) => command);
    expect(commands).not.toContain("stake");
    expect(commands).not.toContain("repeat");
  });
});

describe("the footer", () => {
  it("shows what is needed most, as much as fits", () => {
    expect(lineText(footerLine("main", false, 30))).toBe("? help  q quit  s stake");
    expect(lineText(footerLine("main", false, 200))).toContain("Enter detail");
    expect(lineText(footerLine("main", false, 200, { without: ["open"] }))).not.toContain("Enter detail");
    expect(lineText(footerLine("main", false, 30, { first: ["down"] }))).toBe("j/k move  ? help  q quit");
    expect(lineText(footerLine("main", false, 30, { first: ["down", "copy"] }))).toBe("j/k move  y copy  ? help");
    // Nothing is ever cut in the middle.
    for (const scope of SCOPES) {
      for (const isSpectator of [false, true]) {
        const all = lineText(footerLine(scope, isSpectator, 500)).split("  ");
        for (let width = 0; width < 120; width++) {
          const shown = lineText(footerLine(scope, isSpectator, width));
          expect(shown.length).toBeLessThanOrEqual(width);
          expect(shown === "" ? [] : shown.split("  ")).toEqual(
            shown === "" ? [] : all.slice(0, shown.split("  ").length),
          );
        }
      }
    }
    expect(lineText(footerLine("entry", false, 60))).toBe("Enter propose  Esc clear  Backspace erase");
  });
});
