import type { Key } from "ink";

/** One pressed key by its name: a printable character as itself, others as `Enter`, `Shift-Tab`, `Ctrl-C`, `PgDn`. */
export interface KeyPress {
  readonly name: string;
  readonly isPrintable: boolean;
}

const NAMED: readonly (readonly [keyof Key, string])[] = [
  ["upArrow", "Up"],
  ["downArrow", "Down"],
  ["leftArrow", "Left"],
  ["rightArrow", "Right"],
  ["pageUp", "PgUp"],
  ["pageDown", "PgDn"],
  ["home", "Home"],
  ["end", "End"],
  ["return", "Enter"],
  ["escape", "Esc"],
  ["backspace", "Backspace"],
  ["delete", "Delete"],
];

/**
 * The keys in one event of Ink. Keys that arrive together come as one string ("jjj", "72\r"), which is taken apart.
 * What nobody types (other control characters, sequences of other keys) gives nothing.
 */
export function keyPressesOf(input: string, key: Key): readonly KeyPress[] {
  if (key.eventType === "release") return [];
  if (key.tab) return [named(key.shift ? "Shift-Tab" : "Tab")];
  for (const [property, name] of NAMED) if (key[property] === true) return [named(name)];
  if (key.ctrl) return input.length === 1 ? [named(`Ctrl-${input.toUpperCase()}`)] : [];
  if (key.meta) return [];
  return [...input].flatMap(keyOfCharacter);
}

function keyOfCharacter(character: string): readonly KeyPress[] {
  if (character === "\r" || character === "\n") return [named("Enter")];
  if (character === "\t") return [named("Tab")];
  if (character === "\u007f" || character === "\b") return [named("Backspace")];
  const code = character.codePointAt(0) ?? 0;
  if (code >= 1 && code <= 26) return [named(`Ctrl-${String.fromCharCode(code + 64)}`)];
  return code < 0x20 || (code >= 0x80 && code < 0xa0) ? [] : [{ name: character, isPrintable: true }];
}

function named(name: string): KeyPress {
  return { name, isPrintable: false };
}
