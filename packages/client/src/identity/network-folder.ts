import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Hex, isHex } from "pos-shared/encoding/hex.ts";
import { foldName } from "pos-shared/model/name.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { makePrivateFolder } from "./durable-file.ts";
import { withFolderMutex } from "./folder-mutex.ts";
import { type IdentityError, storageFailure } from "./identity-error.ts";
import { type IdentityFile, isIdentityFileName, readIdentity, readTraces, type Traces } from "./identity-file.ts";

const FOR_OTHERS = 0o077;
const PUBLIC_KEY_DIGITS = 64;

export interface FolderContent {
  /** All that can be used, in the order in which they were made. */
  readonly identities: readonly IdentityFile[];
  readonly damaged: readonly DamagedIdentity[];
}

/** An identity whose file cannot be used. */
export interface DamagedIdentity extends Traces {
  readonly publicKey: Hex;
  readonly error: IdentityError;
}

/** The identities of one network on this machine: `identities/<chain id>` in a profile's folder. */
export interface NetworkFolder {
  readonly path: string;
  readonly chainId: Hex;
  /** Runs while no other process changes who is here or who holds whom. Makes the folder where there is none. */
  readonly exclusively: <T>(action: () => Result<T, IdentityError>) => Result<T, IdentityError>;
  readonly read: () => Result<FolderContent, IdentityError>;
}

export function openNetworkFolder(homeDir: string, chainId: Hex): NetworkFolder {
  const path = join(identitiesFolder(homeDir), chainId);
  return {
    path,
    chainId,
    exclusively: (action) =>
      storing(path, () => {
        makePrivateFolder(path);
        if ((statSync(path).mode & FOR_OTHERS) !== 0 && process.platform !== "win32") chmodSync(path, 0o700);
        return withFolderMutex(path, action);
      }),
    read: () => storing(path, () => readAll(path, chainId)),
  };
}

/** The networks of which there are identities. */
export function chainsWithIdentities(homeDir: string): Result<readonly Hex[], IdentityError> {
  const folder = identitiesFolder(homeDir);
  return storing(folder, () => ok(namesIn(folder).filter((name) => isHex(name, 32))));
}

/** The names in use, folded as they are unique. */
export function namesOf(identities: readonly IdentityFile[]): Set<string> {
  return new Set(identities.map(({ name }) => foldName(name)));
}

/** May this be the identity of that name? One that does not say its names may be any. */
export function mayBeNamed({ names }: DamagedIdentity, name: string): boolean {
  return names === undefined || names.some((one) => foldName(one) === foldName(name));
}

/** Runs what uses the file system; what that refuses is an error as data. */
export function storing<T>(path: string, action: () => Result<T, IdentityError>): Result<T, IdentityError> {
  try {
    return action();
  } catch (error) {
    return err(storageFailure(error, path));
  }
}

function identitiesFolder(homeDir: string): string {
  return join(homeDir, "identities");
}

/** One that is damaged does not hinder those that are not. */
function readAll(path: string, chainId: Hex): Result<FolderContent, IdentityError> {
  const identities: IdentityFile[] = [];
  const damaged: DamagedIdentity[] = [];
  for (const name of namesIn(path).filter(isIdentityFileName)) {
    const file = join(path, name);
    const identity = storing(file, () => readIdentity(file, chainId));
    if (identity.ok) identities.push(identity.value);
    else damaged.push({ publicKey: name.slice(0, PUBLIC_KEY_DIGITS), error: identity.error, ...readTraces(file) });
  }
  return ok({ identities: identities.sort((a, b) => a.number - b.number), damaged });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
