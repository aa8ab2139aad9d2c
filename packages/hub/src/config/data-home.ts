import { isAbsolute, join } from "node:path";

export interface Platform {
  /** As `process.platform`. */
  readonly name: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
}

const DIRECTORY_NAME = "pos-hub";

/**
 * Where the platform wants a program's data: `$XDG_DATA_HOME/pos-hub` (XDG Base Directory Specification; a relative path
 * there counts as none), `Library/Application Support` on macOS, `%LOCALAPPDATA%` on Windows.
 */
export function defaultDataDirectory({ name, environment, homeDirectory }: Platform): string {
  switch (name) {
    case "win32":
      return join(environment.LOCALAPPDATA || join(homeDirectory, "AppData", "Local"), DIRECTORY_NAME);
    case "darwin":
      return join(homeDirectory, "Library", "Application Support", DIRECTORY_NAME);
    default: {
      const dataHome = environment.XDG_DATA_HOME ?? "";
      return join(isAbsolute(dataHome) ? dataHome : join(homeDirectory, ".local", "share"), DIRECTORY_NAME);
    }
  }
}
