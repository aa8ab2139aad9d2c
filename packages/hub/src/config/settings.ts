import type { ConfigFault } from "./config-fault.ts";
import type { Setting } from "./hub-config.ts";
import { nearestOf } from "./nearest.ts";
import { isOwnVariable, OPTIONS, type OptionName, variableOf } from "./options.ts";
import { host, type Parser, port, truth, tutorialAddress } from "./values.ts";

/** The variable of the tutorial's `.env`: a port, or an address with one. */
const TUTORIAL_VARIABLE = "ADDR";

type Variables = Readonly<Record<string, string | undefined>>;

export interface Sources {
  readonly flags: ReadonlyMap<OptionName, Setting<string>>;
  readonly environment: Variables;
  /** Of `.env` in the working directory; empty where there is none. */
  readonly file: Variables;
}

/** What one place says. */
interface Layer {
  readonly options: ReadonlyMap<OptionName, Setting<string>>;
  readonly tutorialAddress: Setting<string> | undefined;
}

/**
 * Reads settings from where they may come from: flags beat the environment, which beats `.env` (DESIGN §10). An empty
 * variable counts as none. The first thing that is wrong is kept, so that reading needs no check at each step.
 */
export class Settings {
  readonly #layers: readonly Layer[];
  #fault: ConfigFault | undefined;

  constructor({ flags, environment, file }: Sources) {
    this.#layers = [
      { options: flags, tutorialAddress: undefined },
      layerOf(environment, ""),
      layerOf(file, " in .env"),
    ];
    this.#fault = findUnknownVariable(file);
  }

  /** What is wrong, once everything was read. */
  get fault(): ConfigFault | undefined {
    return this.#fault;
  }

  /** A setting, or undefined where nobody gave it or what was given is wrong. */
  read<T>(name: OptionName, parse: Parser<T>): Setting<T> | undefined {
    const given = this.#layers.map(({ options }) => options.get(name)).find((text) => text !== undefined);
    return given === undefined ? undefined : this.#parse(given, parse);
  }

  /** A switch: set by its flag, or by a variable that is true. */
  readSwitch(name: OptionName): Setting<boolean> | undefined {
    const flag = this.#layers[0]?.options.get(name);
    return flag === undefined ? this.read(name, truth) : { value: true, source: flag.source };
  }

  /** Port and host. The tutorial's ADDR gives the port, and the host where it names one, unless a stronger place does. */
  readAddress(): { readonly port: Setting<number> | undefined; readonly host: Setting<string> | undefined } {
    let address: { port: Setting<number> | undefined; host: Setting<string> | undefined } = {
      port: this.read("port", port),
      host: this.read("host", host),
    };
    for (const layer of this.#layers) {
      if (layer.options.has("port")) break;
      if (layer.tutorialAddress === undefined) continue;
      const parsed = this.#parse(layer.tutorialAddress, tutorialAddress);
      if (parsed === undefined) break;
      const { source, value } = parsed;
      address = {
        port: { source, value: value.port },
        host: address.host ?? (value.host === undefined ? undefined : { source, value: value.host }),
      };
      break;
    }
    return address;
  }

  /** Which of two options that exclude each other was given in the strongest place; both in one place is wrong. */
  strongerOf(first: OptionName, second: OptionName): OptionName | undefined {
    for (const { options } of this.#layers) {
      const [one, other] = [options.get(first), options.get(second)];
      if (one !== undefined && other !== undefined) {
        this.refuse({ code: "EXCLUSIVE", source: one.source, other: other.source });
      }
      if (one !== undefined) return first;
      if (other !== undefined) return second;
    }
    return undefined;
  }

  /** Keeps a fault, unless something was wrong before. */
  refuse(fault: ConfigFault): void {
    this.#fault ??= fault;
  }

  #parse<T>({ value, source }: Setting<string>, parse: Parser<T>): Setting<T> | undefined {
    const parsed = parse(value);
    if (parsed.ok) return { value: parsed.value, source };
    this.refuse({ code: "BAD_VALUE", source, expected: parsed.error, actual: value });
    return undefined;
  }
}

function layerOf(variables: Variables, where: string): Layer {
  const options = new Map<OptionName, Setting<string>>();
  for (const { name, flagOnly } of OPTIONS) {
    const given = settingOf(variables, variableOf(name), where);
    if (flagOnly !== true && given !== undefined) options.set(name, given);
  }
  return { options, tutorialAddress: settingOf(variables, TUTORIAL_VARIABLE, where) };
}

function settingOf(variables: Variables, variable: string, where: string): Setting<string> | undefined {
  const value = variables[variable];
  return value === undefined || value === "" ? undefined : { value, source: variable + where };
}

/**
 * A variable in `.env` that sets nothing: misspelt, or of an option that is a flag only. (In the environment others may
 * leave variables that begin so, as Kubernetes does.)
 */
function findUnknownVariable(file: Variables): ConfigFault | undefined {
  const known = OPTIONS.filter(({ flagOnly }) => flagOnly !== true).map(({ name }) => variableOf(name));
  const unknown = Object.keys(file).find((variable) => isOwnVariable(variable) && !known.includes(variable));
  if (unknown === undefined) return undefined;
  const source = `${unknown} in .env`;
  const flag = OPTIONS.find(({ name }) => variableOf(name) === unknown);
  return flag === undefined
    ? { code: "UNKNOWN_VARIABLE", source, suggestion: nearestOf(unknown, known) }
    : { code: "FLAG_ONLY", source, flag: `--${flag.name}` };
}
