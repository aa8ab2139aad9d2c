/** One identity as it lies on the disk: its key, its name, and what is known of it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type SecretKey, secretKeyFromSeed } from "pos-shared/crypto/keys.ts";
import { fromHex, type Hex } from "pos-shared/encoding/hex.ts";
import {
  boolean,
  conforms,
  type Form,
  findFault,
  hex,
  integer,
  literal,
  name,
  type Of,
  record,
  timestamp,
} from "pos-shared/model/form.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { replaceFile } from "./durable-file.ts";
import type { IdentityError } from "./identity-error.ts";

export const identityFields = {
  version: literal(1),
  chainId: hex(32),
  name,
  /** The name it was made for; another one than `name` where that one was taken in the network. */
  madeFor: name,
  publicKey: hex(32),
  /** The secret: 32 bytes. */
  seed: hex(32),
  createdAt: timestamp,
  /** Whether the network has an account of this key, for all we know. The name is fixed then. */
  joined: boolean,
  /** Whether it was slashed. It can only watch, and is chosen only by its name. */
  tombstoned: boolean,
  /** Made for `--bots`: panes that were given no name leave it alone, and bots leave theirs. */
  bot: boolean,
};

const identityFileForm = record({
  ...identityFields,
  /** The order in which the identities of a network were made on this machine, from 1. */
  number: integer(1),
});

export type IdentityFile = Of<typeof identityFileForm>;

const FILE_NAME = /^[0-9a-f]{64}\.json$/;

export function isIdentityFileName(fileName: string): boolean {
  return FILE_NAME.test(fileName);
}

/** The files of one identity, side by side in the folder of its network. */
export function pathsOf(folder: string, publicKey: Hex) {
  const path = (extension: string) => join(folder, `${publicKey}.${extension}`);
  return { file: path("json"), record: path("signed.jsonl"), receipts: path("receipts.jsonl"), lock: path("lock") };
}

/** @throws the file system's errors */
export function readIdentity(path: string, chainId: Hex): Result<IdentityFile, IdentityError> {
  const damaged = (reason: string) => err({ code: "IDENTITY_DAMAGED", file: path, reason } as const);
  const identity = parseJson(readFileSync(path, "utf8"));
  if (!conforms(identityFileForm, identity)) return damaged(describeFault(identityFileForm, identity));
  if (identity.chainId !== chainId) return damaged("it belongs to another network");
  if (!path.endsWith(`${identity.publicKey}.json`)) return damaged("it is named for another key");
  return ok(identity);
}

/** @throws the file system's errors; Error where `readIdentity` would not read it again */
export function writeIdentity(folder: string, identity: IdentityFile): void {
  const fault = findFault(identityFileForm, identity);
  if (fault !== undefined) throw new Error(`an identity's ${describeFault(identityFileForm, identity)}`);
  replaceFile(pathsOf(folder, identity.publicKey).file, `${JSON.stringify(identity, null, 2)}\n`);
}

/** What a file that cannot be used says of its identity all the same. */
export interface Traces {
  /** The names it goes by; undefined where the file does not say. */
  readonly names: readonly string[] | undefined;
  /** Undefined where the file does not say. */
  readonly bot: boolean | undefined;
}

/** Reads as much of a damaged identity as there is, to know for whom it matters. */
export function readTraces(path: string): Traces {
  const content = parseJson(textOf(path));
  const field = (key: string): unknown =>
    typeof content === "object" && content !== null && Object.hasOwn(content, key)
      ? Reflect.get(content, key)
      : undefined;
  const names = [field("name"), field("madeFor")].filter((value) => typeof value === "string");
  const bot = field("bot");
  return { names: names.length === 2 ? names : undefined, bot: typeof bot === "boolean" ? bot : undefined };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** The key of an identity, if its two halves belong together. */
export function keyOf(identity: { readonly seed: Hex; readonly publicKey: Hex }): SecretKey | undefined {
  const key = secretKeyFromSeed(fromHex(identity.seed));
  return key.publicKey === identity.publicKey ? key : undefined;
}

/** Why a value does not have its form, in a few words. */
export function describeFault(form: Form<unknown>, value: unknown): string {
  const fault = findFault(form, value);
  return value === undefined || fault === undefined
    ? "it is not JSON"
    : `${fault.path || "its content"} should be ${fault.expected}, but is ${fault.actual}`;
}

/** Undefined, which has no form, where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
