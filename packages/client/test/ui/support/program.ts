import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll } from "vitest";
import { bundleScreen } from "./bundle.ts";
import { type DrivenOptions, DrivenScreen } from "./driven-screen.ts";

/** Bundles the driven program once a file, starts screens with it, and closes each after its test. */
export function screenStarter(): (options: Omit<DrivenOptions, "program">) => Promise<DrivenScreen> {
  let folder = "";
  let program = "";
  const open: DrivenScreen[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pos-program-"));
    program = await bundleScreen("driven-program.tsx", join(folder, "program.mjs"));
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((screen) => screen.close()));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return async (options) => {
    const screen = await DrivenScreen.start({ ...options, program });
    open.push(screen);
    return screen;
  };
}
