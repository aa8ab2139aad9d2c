import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClientConfig } from "../../src/config/client-config.ts";
import { readInvocation } from "../../src/config/read-config.ts";
import { configSentenceOf } from "../../src/words/config-faults.ts";
import { temporaryHome } from "./temporary-home.ts";

type Environment = Readonly<Record<string, string>>;

/** A user with an empty home in an empty working directory. */
export function newUser() {
  const directory = temporaryHome();
  const userHome = temporaryHome();
  const homeDir = join(userHome, ".config", "pos-client");

  /** @param line words with spaces between them */
  const read = (line: string, environment: Environment = {}) => {
    const words = line.split(" ").filter((word) => word !== "");
    return readInvocation({ words, environment, directory, platform: { name: "linux", userHome } });
  };
  return {
    directory,
    homeDir,
    read,
    configOf: async (line: string, environment?: Environment): Promise<ClientConfig> => {
      const invocation = await read(line, environment);
      if (!invocation.ok) throw new Error(configSentenceOf(invocation.error));
      if (invocation.value.kind !== "command") throw new Error(invocation.value.kind);
      return invocation.value.config;
    },
    /** The one line that the user gets. */
    complaintOf: async (line: string, environment?: Environment): Promise<string> => {
      const invocation = await read(line, environment);
      return invocation.ok ? "none" : configSentenceOf(invocation.error);
    },
    writeDotenv: (text: string) => writeFileSync(join(directory, ".env"), text),
    writeSettings: (settings: object | string, profile = "") => {
      const folder = profile === "" ? homeDir : join(homeDir, "profiles", profile);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "settings.json"), typeof settings === "string" ? settings : JSON.stringify(settings));
    },
  };
}
