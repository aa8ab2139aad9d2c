/** What a typed line means, for a screen reader: a number is a BPM, a word is a command. */
export type LineCommand =
  | { readonly kind: "bpm"; readonly bpm: number }
  | { readonly kind: "bond" | "unbond"; readonly amount: number }
  | { readonly kind: "transfer"; readonly amount: number; readonly to: string }
  | { readonly kind: "repeat"; readonly bpm: number | null }
  | { readonly kind: "status" | "help" | "quit" | "answer" }
  | { readonly kind: "unknown"; readonly text: string };

const WHOLE = /^\d{1,16}$/;

export function parseLine(line: string): LineCommand {
  const [word = "", first = "", ...rest] = line.trim().split(/\s+/);
  const amount = WHOLE.test(first) ? Number(first) : null;
  switch (word.toLowerCase()) {
    case "":
      return { kind: "answer" };
    case "status":
      return { kind: "status" };
    case "help":
      return { kind: "help" };
    case "quit":
      return { kind: "quit" };
    case "stake":
    case "bond":
      return amount === null ? { kind: "unknown", text: line } : { kind: "bond", amount };
    case "unbond":
      return amount === null ? { kind: "unknown", text: line } : { kind: "unbond", amount };
    case "send": {
      const to = rest.join(" ");
      return amount === null || to === "" ? { kind: "unknown", text: line } : { kind: "transfer", amount, to };
    }
    case "repeat":
      return first === "off"
        ? { kind: "repeat", bpm: null }
        : amount === null
          ? { kind: "unknown", text: line }
          : { kind: "repeat", bpm: amount };
    default:
      return WHOLE.test(word) && first === "" ? { kind: "bpm", bpm: Number(word) } : { kind: "unknown", text: line };
  }
}
