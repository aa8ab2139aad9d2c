import { existsSync } from "node:fs";
import type { ClientConfig } from "../config/client-config.ts";
import type { HeadlessSession } from "../headless/headless-session.ts";
import { keepHeapSmall } from "../heap.ts";

/** Is there a terminal to draw on, and nothing that asks for lines instead? Bots have nothing to show. */
export function showsScreen({ json, bots }: ClientConfig): boolean {
  return !json && bots === 0 && process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** Shows the screen until it is left; resolves with the exit code. Loaded only here, as it takes its time to load. */
export async function runScreen(session: HeadlessSession, config: ClientConfig): Promise<number> {
  const showsHints = !existsSync(config.homeDir);
  const { startScreen } = await import("../ui/start-screen.tsx");
  keepHeapSmall();
  session.start();
  return startScreen(session, {
    ascii: config.ascii,
    color: config.color,
    theme: config.theme,
    spectate: config.spectate,
    asksForStake: config.stake === null,
    showsHints,
    bell: config.bell,
    // The variable is that of every program that is drawn with Ink.
    screenReader: config.plain || process.env.INK_SCREEN_READER === "true",
  });
}
