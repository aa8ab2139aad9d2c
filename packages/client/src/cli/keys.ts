import { readFileSync } from "node:fs";
import { addressOf } from "pos-shared/crypto/keys.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { ClientConfig } from "../config/client-config.ts";
import { nearestOf } from "../config/nearest.ts";
import { type IdentityFacts, openIdentities } from "../identity/identities.ts";
import type { IdentityError } from "../identity/identity-error.ts";
import { type IdentitySystem, openIdentitySystem } from "../identity/identity-system.ts";
import { chainsWithIdentities } from "../identity/network-folder.ts";
import { exportIdentity, importIdentity, parsePortable } from "../identity/portable-identity.ts";
import { identitySentenceOf } from "../words/identity-errors.ts";
import { storageReasonOf } from "../words/storage-failures.ts";
import { type Failure, failed, failedByIdentity, misused, print, warn } from "./print.ts";

const ACTIONS = ["list", "export", "import"];
const STANDARD_INPUT = 0;

/** `pos-client keys`: lists this machine's identities, prints one with its secret, takes one over. */
export function keys(config: ClientConfig, operands: readonly string[]): Failure | undefined {
  const [action = "list", operand, extra] = operands;
  if (!ACTIONS.includes(action))
    return misused({ code: "UNKNOWN_COMMAND", actual: `keys ${action}`, suggestion: nearestOf(action, ACTIONS) });
  const tooMany = action === "list" ? operand : extra;
  if (tooMany !== undefined) return misused({ code: "EXTRA_OPERAND", command: `keys ${action}`, actual: tooMany });

  const system = openIdentitySystem(process.env);
  if (action === "list") return listKeys(config, system);
  if (operand === undefined)
    return misused({
      code: "MISSING_OPERAND",
      command: `keys ${action}`,
      expected: action === "export" ? "the NAME of an identity" : "a FILE, or - for standard input",
    });
  return action === "export" ? exportKey(config, operand) : importKey(config, system, operand);
}

function listKeys(config: ClientConfig, system: IdentitySystem): Failure | undefined {
  const chains = config.chainId === null ? chainsWithIdentities(config.homeDir) : ok([config.chainId]);
  if (!chains.ok) return failedByIdentity(chains.error);
  const all: IdentityFacts[] = [];
  const damaged: IdentityError[] = [];
  const passedBy = (error: IdentityError): void => {
    damaged.push(error);
  };
  for (const chainId of chains.value) {
    const listed = openIdentities({ homeDir: config.homeDir, chainId, system, passedBy }).list();
    if (!listed.ok) return failedByIdentity(listed.error);
    all.push(...listed.value);
  }
  for (const identity of all) print(config.json ? jsonOf(identity) : textOf(identity));
  // Each is named; the last of them as the reason why the list is not whole.
  const last = damaged.pop();
  for (const error of damaged) warn(identitySentenceOf(error));
  if (last !== undefined) return failedByIdentity(last);
  if (all.length === 0 && !config.json) warn("there are no identities yet; pos-client makes one when it joins");
  return undefined;
}

function exportKey({ homeDir, chainId }: ClientConfig, name: string): Failure | undefined {
  const chain = chainId === null ? onlyChain(homeDir, name) : ok(chainId);
  if (!chain.ok) return typeof chain.error === "string" ? failed(chain.error) : failedByIdentity(chain.error);
  const exported = exportIdentity({ homeDir, chainId: chain.value }, name);
  if (!exported.ok) return failedByIdentity(exported.error);
  warn("this is a secret; run it in one place only, for two running copies sign twice and get slashed");
  print(JSON.stringify(exported.value));
  return undefined;
}

/** The one network that has identities, or has one of this name. */
function onlyChain(homeDir: string, name: string): Result<Hex, IdentityError | string> {
  const chains = chainsWithIdentities(homeDir);
  if (!chains.ok) return chains;
  const [first, ...others] = chains.value;
  if (first === undefined) return err({ code: "IDENTITY_UNKNOWN", name });
  return others.length === 0 ? ok(first) : err(`which network? Add --chain with one of ${chains.value.join(", ")}`);
}

function importKey({ homeDir, chainId }: ClientConfig, system: IdentitySystem, file: string): Failure | undefined {
  const content = readInput(file);
  if (!content.ok) return failed(content.error);
  const portable = parsePortable(content.value);
  if (!portable.ok) return failedByIdentity(portable.error);
  if (chainId !== null && portable.value.chainId !== chainId)
    return failedByIdentity({ code: "IDENTITY_OF_OTHER_CHAIN", expected: chainId, actual: portable.value.chainId });
  const imported = importIdentity(homeDir, system, portable.value);
  if (!imported.ok) return failedByIdentity(imported.error);
  print(jsonOf(imported.value));
  return undefined;
}

function readInput(file: string): Result<string, string> {
  try {
    return ok(readFileSync(file === "-" ? STANDARD_INPUT : file, "utf8"));
  } catch (error) {
    return err(`${file} cannot be read: ${storageReasonOf(error)}`);
  }
}

function jsonOf(identity: IdentityFacts): string {
  return JSON.stringify({ ...identity, address: addressOf(identity.publicKey) });
}

function textOf({ name, chainId, publicKey, bot, joined, tombstoned, holder }: IdentityFacts): string {
  const marks = [
    bot ? "bot" : "",
    tombstoned ? "slashed" : joined ? "joined" : "new",
    holder === null ? "" : `in use by process ${holder.pid} on ${holder.host}`,
  ].filter((mark) => mark !== "");
  return `${name}  ${addressOf(publicKey)}  network ${chainId.slice(0, 8)}  ${marks.join(", ")}`;
}
