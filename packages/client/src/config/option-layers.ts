import type { Given } from "./command-line.ts";
import type { ConfigFault } from "./config-fault.ts";
import type { Variables } from "./home-dir.ts";
import { nearestOf } from "./nearest.ts";
import {
  type Command,
  EXCLUSIVE,
  OPTION_NAMES,
  OPTIONS,
  type OptionName,
  type OptionValues,
  SETTING_NAMES,
  VARIABLE_PREFIX,
  variableOf,
} from "./options.ts";

/** What one place says, by option. */
export type Layer = ReadonlyMap<OptionName, Given>;

/** The options that variables set; an empty one counts as none. */
export function layerOfVariables(variables: Variables, where: string): Layer {
  const layer = new Map<OptionName, Given>();
  for (const name of OPTION_NAMES) {
    const text = variables[variableOf(name)];
    if (text !== undefined && text !== "") layer.set(name, { text, source: variableOf(name) + where });
  }
  return layer;
}

export function layerOfSettings(settings: Readonly<Record<string, unknown>>): Layer {
  const layer = new Map<OptionName, Given>();
  for (const name of SETTING_NAMES) {
    const value = settings[name];
    if (value === undefined || value === null) continue;
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    layer.set(name, { text, source: `the setting ${name}` });
  }
  return layer;
}

/** A variable of `.env` that is none of ours but looks so. The environment may hold those of other versions. */
export function findUnknownVariable(variables: Variables): ConfigFault | undefined {
  const known = OPTION_NAMES.map(variableOf);
  const unknown = Object.keys(variables).find((name) => name.startsWith(VARIABLE_PREFIX) && !known.includes(name));
  if (unknown === undefined) return undefined;
  return { code: "UNKNOWN_VARIABLE", source: `${unknown} in .env`, suggestion: nearestOf(unknown, known) };
}

/**
 * Reads options from where they may come from, the strongest place first: flags, environment, `.env`, settings. What a
 * stronger place says also beats what it excludes in a weaker one; in one place both are a fault. The first fault is
 * kept, so that reading needs no check at each step.
 */
export class OptionLayers {
  readonly #chosen = new Map<OptionName, Given>();
  #fault: ConfigFault | undefined;

  constructor(command: Command, layers: readonly Layer[]) {
    for (const layer of layers) this.#addLayer(command, layer);
  }

  /** What is wrong, once everything was read. */
  get fault(): ConfigFault | undefined {
    return this.#fault;
  }

  /** An option, or undefined where nobody gave it, or what was given is wrong. */
  read<Name extends OptionName>(name: Name): OptionValues[Name] | undefined {
    const given = this.#chosen.get(name);
    if (given === undefined) return undefined;
    const parsed = OPTIONS[name].parse(given.text);
    if (parsed.ok) return parsed.value;
    const actual = OPTIONS[name].isSecret ? null : given.text;
    this.#fault ??= { code: "BAD_VALUE", source: given.source, expected: parsed.error, actual };
    return undefined;
  }

  #addLayer(command: Command, layer: Layer): void {
    const stronger = new Map(this.#chosen);
    for (const [name, given] of layer) {
      if (stronger.has(name) || !OPTIONS[name].commands.includes(command)) continue;
      const rivals = isOff(name, given) ? [] : rivalsOf(name);
      if (rivals.some((rival) => isOn(rival, stronger.get(rival)))) continue;
      const rival = rivals.find((other) => isOn(other, this.#chosen.get(other)));
      const other = rival === undefined ? undefined : this.#chosen.get(rival);
      if (other !== undefined) this.#fault ??= { code: "EXCLUSIVE", source: given.source, other: other.source };
      this.#chosen.set(name, given);
    }
  }
}

function rivalsOf(name: OptionName): OptionName[] {
  return EXCLUSIVE.flatMap(([one, other]) => (one === name ? [other] : other === name ? [one] : []));
}

function isOn(name: OptionName, given: Given | undefined): boolean {
  return given !== undefined && !isOff(name, given);
}

/** `POS_CLIENT_SPECTATE=0` excludes nothing. */
function isOff(name: OptionName, { text }: Given): boolean {
  const parsed = OPTIONS[name].parse(text);
  return parsed.ok && (parsed.value === false || parsed.value === null);
}
