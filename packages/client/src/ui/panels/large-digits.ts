export const LARGE_ROWS = 5;

// Each sign is five columns wide, the colon three; one row a line.
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  "0": ["█████", "█   █", "█   █", "█   █", "█████"],
  "1": ["  █  ", " ██  ", "  █  ", "  █  ", "█████"],
  "2": ["█████", "    █", "█████", "█    ", "█████"],
  "3": ["█████", "    █", " ████", "    █", "█████"],
  "4": ["█   █", "█   █", "█████", "    █", "    █"],
  "5": ["█████", "█    ", "█████", "    █", "█████"],
  "6": ["█████", "█    ", "█████", "█   █", "█████"],
  "7": ["█████", "    █", "   █ ", "  █  ", "  █  "],
  "8": ["█████", "█   █", "█████", "█   █", "█████"],
  "9": ["█████", "█   █", "█████", "    █", "█████"],
  ":": ["   ", " █ ", "   ", " █ ", "   "],
  "-": ["     ", "     ", "█████", "     ", "     "],
};

/** Digits, colon and minus in five rows, readable from the last bench. */
export function largeDigits(text: string): readonly string[] {
  return Array.from({ length: LARGE_ROWS }, (_, row) =>
    [...text].map((sign) => SIGNS[sign]?.[row] ?? "     ").join(" "),
  );
}
