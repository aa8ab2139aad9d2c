import { chmodSync, statSync } from "node:fs";
import { type SecretKey, secretKeyFromSeed } from "pos-shared/crypto/keys.ts";
import { fromHex, isHex, toHex } from "pos-shared/encoding/hex.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { readIfThere, writeDurably } from "../store/durable-file.ts";
import type { DataFault } from "./data-fault.ts";
import { findUnreadable } from "./readable.ts";

const SEED_BYTES = 32;
const OWNER_ONLY = 0o600;

/** The secret key in a file. One that others can read, as after a careless copy, is closed to them. */
export function readHubKey(file: string): Result<SecretKey, DataFault> {
  const unreadable = findUnreadable(file);
  if (unreadable !== undefined) return err(unreadable);
  const text = readIfThere(file)?.trim();
  if (text === undefined) return err({ code: "KEY_MISSING", file });
  if (!isHex(text, SEED_BYTES)) return err({ code: "KEY_DAMAGED", file });
  if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) chmodSync(file, OWNER_ONLY);
  return ok(secretKeyFromSeed(fromHex(text)));
}

/** Keeps a new secret key. @param seed 32 random bytes */
export function writeHubKey(file: string, seed: Uint8Array): SecretKey {
  const key = secretKeyFromSeed(seed);
  writeDurably(file, `${toHex(seed)}\n`, OWNER_ONLY);
  return key;
}
