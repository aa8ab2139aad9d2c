import type { CommandId } from "./binding.ts";

const PANE_COMMANDS: ReadonlySet<CommandId> = new Set<CommandId>([
  "nextPane",
  "previousPane",
  "focusValidators",
  "focusChain",
  "focusProposals",
  "focusLog",
  "zoom",
  "down",
  "up",
  "pageDown",
  "pageUp",
  "first",
  "last",
  "filter",
  "sort",
  "pause",
  "hints",
]);

/** Is a command of the main screen of use only where its lists are seen? */
export function needsPanes(command: CommandId): boolean {
  return PANE_COMMANDS.has(command);
}
