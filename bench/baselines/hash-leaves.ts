import { hash } from "node:crypto";

/** The least that sealing a round's proposals can be: each hashed once, its canonical text at hand. */
export function hashAll(texts: readonly string[]): void {
  for (const text of texts) hash("sha256", `\0${text}`, "hex");
}
