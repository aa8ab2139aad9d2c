import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

export type Variables = Readonly<Record<string, string | undefined>>;

export interface Platform {
  /** As `process.platform`. */
  readonly name: string;
  readonly userHome: string;
}

export const thisPlatform: Platform = { name: process.platform, userHome: homedir() };

const PROGRAM = "pos-client";
/** The profile of who names none. */
const DEFAULT_PROFILE = "default";

/**
 * Where the platform wants a program's configuration: `$XDG_CONFIG_HOME/pos-client` (XDG Base Directory Specification; a
 * relative path there counts as none), `~/Library/Preferences/pos-client` on macOS, `%APPDATA%\pos-client\Config` on
 * Windows, as the package conf has it. A profile is a folder below.
 */
export function homeDirOf(platform: Platform, environment: Variables, profile: string | undefined): string {
  const home = programDirOf(platform, environment);
  return profile === undefined || profile === DEFAULT_PROFILE ? home : join(home, "profiles", profile);
}

function programDirOf({ name, userHome }: Platform, environment: Variables): string {
  const configHome = environment.XDG_CONFIG_HOME ?? "";
  if (isAbsolute(configHome)) return join(configHome, PROGRAM);
  if (name === "darwin") return join(userHome, "Library", "Preferences", PROGRAM);
  if (name === "win32") return join(environment.APPDATA || join(userHome, "AppData", "Roaming"), PROGRAM, "Config");
  return join(userHome, ".config", PROGRAM);
}
