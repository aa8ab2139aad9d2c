import { type Child, type ChildOptions, startChild } from "./child.ts";

export interface Ended {
  readonly code: number | null;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
}

/** Variables of this machine's user that would change what a command does. */
const NOBODY = { ADDR: "", XDG_DATA_HOME: "", POS_HUB_DATA: "", POS_HUB_PORT: "", POS_HUB_TOKEN: "" };

/** Starts `pos-hub` as a process of its own, from the sources. */
export function startHub(words: readonly string[], { env, ...others }: ChildOptions = {}): Child {
  return startChild("../../src/cli/main.ts", words, { env: { ...NOBODY, ...env }, ...others });
}

/** Runs `pos-hub` until it ends. */
export async function posHub(...words: string[]): Promise<Ended> {
  return endOf(startHub(words));
}

export async function endOf(child: Child): Promise<Ended> {
  const { code } = await child.ended;
  const stderr = child
    .stderr()
    .split("\n")
    .filter((line) => line !== "");
  return { code, stdout: child.lines, stderr };
}
