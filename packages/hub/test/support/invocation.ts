import { err, ok } from "pos-shared/model/result.ts";
import type { ConfigFault } from "../../src/config/config-fault.ts";
import type { HubConfig } from "../../src/config/hub-config.ts";
import { type Invocation, readInvocation, type Surroundings } from "../../src/config/read-config.ts";

export interface InvocationInput {
  readonly environment?: Record<string, string>;
  /** Variables of `.env`, or why it cannot be read. */
  readonly file?: Record<string, string> | ConfigFault;
  readonly surroundings?: Partial<Surroundings>;
}

const LINUX = { name: "linux", homeDirectory: "/home/anna", workingDirectory: "/home/anna/class" };

/** What a command line means, given as one writes it (words between spaces). */
function understand(line: string, { environment = {}, file = {}, surroundings }: InvocationInput = {}) {
  const isFault = "code" in file && "source" in file;
  return readInvocation(line === "" ? [] : line.split(" "), {
    ...LINUX,
    environment,
    readDotenv: () => (isFault ? err(file as ConfigFault) : ok(file as Record<string, string>)),
    ...surroundings,
  });
}

export function invocationOf(line: string, input: InvocationInput = {}): Invocation {
  const result = understand(line, input);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** The configuration of a hub that starts. */
export function configOf(line: string, input: InvocationInput = {}): HubConfig {
  const invocation = invocationOf(line, input);
  if (invocation.command !== "run") throw new Error(`${invocation.command} instead of run`);
  return invocation.config;
}

export function faultOfLine(line: string, input: InvocationInput = {}): ConfigFault {
  const result = understand(line, input);
  if (result.ok) throw new Error(`understood: ${JSON.stringify(result.value)}`);
  return result.error;
}
