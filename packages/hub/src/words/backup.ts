import { counted } from "./plain.ts";

/** What a backup holds. */
export function sentenceOfBackup(blocks: number, directory: string): string {
  return `Copied ${counted(blocks, "block")} to ${directory}, with the hub's key: keep it as safe as the original.`;
}
