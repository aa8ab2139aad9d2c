import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { ConfigFault } from "./config-fault.ts";

/** The settings of a profile: JSON that `pos-client config` writes and a person may edit. */
export interface SettingsFile {
  /** As it stands in the file: perhaps of a wrong type. */
  readonly read: () => Readonly<Record<string, unknown>>;
  readonly set: (name: string, value: string | number | boolean) => void;
  readonly reset: (name: string) => void;
}

const FILE = "settings";

function settingsPath(homeDir: string): string {
  return join(homeDir, `${FILE}.json`);
}

/** As `openSettings`; nothing where there are none, and then nothing is loaded for it: most clients start without. */
export async function readSettings(homeDir: string): Promise<Result<Readonly<Record<string, unknown>>, ConfigFault>> {
  if (!existsSync(settingsPath(homeDir))) return ok({});
  const opened = await openSettings(homeDir);
  return opened.ok ? ok(opened.value.read()) : opened;
}

/** An error where the file is no settings. @throws the file system's errors */
export async function openSettings(homeDir: string): Promise<Result<SettingsFile, ConfigFault>> {
  try {
    const store = await openStore(homeDir, FILE);
    // It is read for the first time here, and what is no JSON throws.
    store.store;
    return ok({
      read: () => store.store,
      set: (name, value) => store.set(name, value),
      reset: (name) => store.delete(name),
    });
  } catch (error) {
    if (error instanceof Error && "errno" in error) throw error;
    const actual = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return err({ code: "UNREADABLE_FILE", source: settingsPath(homeDir), actual });
  }
}

export function removeSettings(homeDir: string): void {
  rmSync(settingsPath(homeDir), { force: true });
}

/** @throws if the file is no JSON, or cannot be read */
export async function openStore(homeDir: string, fileName: string, clearInvalidConfig = false) {
  const { default: Conf } = await import("conf");
  mkdirSync(homeDir, { recursive: true, mode: 0o700 });
  return new Conf<Record<string, unknown>>({
    cwd: homeDir,
    configName: fileName,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
    clearInvalidConfig,
  });
}
