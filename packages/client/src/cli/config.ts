import type { ClientConfig } from "../config/client-config.ts";
import { DEFAULT_HUB_URL } from "../config/hub-url.ts";
import { nearestOf } from "../config/nearest.ts";
import { isOptionName, OPTIONS, type OptionName, SETTING_NAMES } from "../config/options.ts";
import { openSettings, removeSettings, type SettingsFile } from "../config/settings-file.ts";
import { type Failure, failed, misused, print } from "./print.ts";

const ACTIONS = ["list", "get", "set", "reset"];
const EVERYTHING = "all";
const SECRET_SHOWN = "(secret)";

/** What holds where nothing was set. */
const DEFAULTS: Readonly<Partial<Record<OptionName, string | boolean>>> = {
  hub: DEFAULT_HUB_URL,
  plain: false,
  ascii: false,
  "no-color": false,
  theme: "dark",
  bell: true,
};

/** `pos-client config`: lists, gets, sets and resets the settings of a profile. */
export async function config(
  { homeDir, json }: ClientConfig,
  operands: readonly string[],
): Promise<Failure | undefined> {
  const [action = "list", name, value, extra] = operands;
  if (!ACTIONS.includes(action)) {
    return misused({ code: "UNKNOWN_COMMAND", actual: `config ${action}`, suggestion: nearestOf(action, ACTIONS) });
  }
  const tooMany = { list: name, get: value, set: extra, reset: value }[action];
  if (tooMany !== undefined) return misused({ code: "EXTRA_OPERAND", command: `config ${action}`, actual: tooMany });
  if (action === "reset" && name === EVERYTHING) {
    removeSettings(homeDir);
    return undefined;
  }

  if (action !== "list" && name === undefined)
    return misused({ code: "MISSING_OPERAND", command: `config ${action}`, expected: SETTING_NAMES.join(", ") });
  if (name !== undefined && !isSetting(name))
    return misused({ code: "UNKNOWN_SETTING", actual: name, suggestion: nearestOf(name, SETTING_NAMES) });

  const settings = await openSettings(homeDir);
  if (!settings.ok) return misused(settings.error);
  if (name === undefined) return list(settings.value, json);
  if (action === "get") return get(settings.value, name, json);
  if (action === "reset") {
    settings.value.reset(name);
    return undefined;
  }
  if (value === undefined)
    return misused({ code: "MISSING_OPERAND", command: `config set ${name}`, expected: "a value" });
  const parsed = OPTIONS[name].parse(value);
  if (!parsed.ok) {
    const actual = OPTIONS[name].isSecret ? null : value;
    return misused({ code: "BAD_VALUE", source: `the setting ${name}`, expected: parsed.error, actual });
  }
  // A range stays as it was written.
  settings.value.set(name, typeof parsed.value === "object" ? value : parsed.value);
  return undefined;
}

function isSetting(name: string): name is OptionName {
  return isOptionName(name) && SETTING_NAMES.includes(name);
}

function list(settings: SettingsFile, json: boolean): undefined {
  const values = settings.read();
  const shown = SETTING_NAMES.map((name) => {
    const own = values[name];
    const isSecret = OPTIONS[name].isSecret === true && own !== undefined;
    return { name, value: isSecret ? SECRET_SHOWN : (own ?? DEFAULTS[name]), isOwn: own !== undefined };
  });
  if (json) {
    print(JSON.stringify(Object.fromEntries(shown.map(({ name, value }) => [name, value ?? null]))));
    return;
  }
  const width = Math.max(...SETTING_NAMES.map(({ length }) => length)) + 2;
  for (const { name, value, isOwn } of shown)
    print(`${name.padEnd(width)}${value === undefined ? "(not set)" : `${value}${isOwn ? "" : "  (default)"}`}`);
}

function get(settings: SettingsFile, name: OptionName, json: boolean): Failure | undefined {
  const value = settings.read()[name] ?? DEFAULTS[name];
  if (value === undefined && !json) return failed(`${name} is not set`);
  print(json ? JSON.stringify(value ?? null) : `${value}`);
  return undefined;
}
