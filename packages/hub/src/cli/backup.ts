import { existsSync } from "node:fs";
import { findUnreadable } from "../data/readable.ts";
import { openStoredNetwork } from "../data/stored-network.ts";
import { sentenceOfBackup } from "../words/backup.ts";
import type { CommandFault } from "./command-fault.ts";
import { writeOut } from "./output.ts";

/** `pos-hub backup DIR`: a consistent copy of the data directory, which is a data directory itself. */
export async function backup(directory: string, target: string): Promise<CommandFault | undefined> {
  const opened = openStoredNetwork(directory);
  if (!opened.ok) return opened.error;
  const { files, close } = opened.value;
  try {
    const unreadable = findUnreadable(files.key) ?? findUnreadable(files.genesis);
    if (unreadable !== undefined) return unreadable;
    // A copy that no hub can go on from would be found out too late.
    if (!existsSync(files.key)) return { code: "KEY_MISSING", file: files.key };
    opened.value.backup(target);
  } finally {
    close();
  }
  const copy = openStoredNetwork(target);
  if (!copy.ok) return copy.error;
  const index = copy.value.reader.readTip()?.index ?? 0;
  copy.value.close();
  await writeOut(`${sentenceOfBackup(index, target)}\n`);
  return undefined;
}
