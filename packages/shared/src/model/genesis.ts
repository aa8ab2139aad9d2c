import { taggedHash } from "../crypto/hash.ts";
import { isValidPublicKey } from "../crypto/keys.ts";
import type { Hex } from "../encoding/hex.ts";
import {
  anyOf,
  anything,
  type FormFault,
  findFault,
  hex,
  integer,
  list,
  literal,
  name,
  type Of,
  record,
  text,
  timestamp,
} from "./form.ts";
import { MAX_INTEGER, MAX_NETWORK_CODE_POINTS, MIN_ROUND_MS } from "./limits.ts";
import { foldName, isNetworkName } from "./name.ts";
import { err, ok, type Result } from "./result.ts";

const genesisAccountForm = record({ publicKey: hex(32), name, liquid: integer(), bonded: integer() });

export const genesisForm = record({
  version: literal(1),
  network: text(MAX_NETWORK_CODE_POINTS),
  rule: text(32),
  createdAt: timestamp,
  roundMs: integer(MIN_ROUND_MS),
  faucet: anyOf(integer(), literal("unlimited")),
  blockReward: integer(),
  unbondingRounds: integer(),
  activationDelay: integer(),
  bpmMin: integer(),
  bpmMax: integer(),
  params: anything,
  hub: hex(32),
  accounts: list(genesisAccountForm),
});

/** The parameters of a network (SPEC §2). `params` belongs to the consensus rule, which checks it. */
export type Genesis = Of<typeof genesisForm>;
export type GenesisAccount = Of<typeof genesisAccountForm>;

/** Checks everything of a genesis but `rule` and `params` (SPEC §2, rule `genesis` of §7). */
export function checkGenesis(value: unknown): Result<Genesis, FormFault> {
  const fault = findFault(genesisForm, value);
  if (fault !== undefined) return err(fault);
  const genesis = value as Genesis;
  if (!isNetworkName(genesis.network)) {
    return err({
      path: "network",
      expected: "1 to 32 letters, digits, _ or -",
      actual: JSON.stringify(genesis.network),
    });
  }
  if (genesis.bpmMin > genesis.bpmMax) {
    return err({ path: "bpmMin", expected: `at most bpmMax, ${genesis.bpmMax}`, actual: String(genesis.bpmMin) });
  }
  if (!isValidPublicKey(genesis.hub))
    return err({ path: "hub", expected: "a valid Ed25519 public key", actual: genesis.hub });
  return checkGenesisAccounts(genesis);
}

function checkGenesisAccounts(genesis: Genesis): Result<Genesis, FormFault> {
  const keys = new Set([genesis.hub]);
  const names = new Set<string>();
  let minted = 0;
  for (const [i, account] of genesis.accounts.entries()) {
    const path = `accounts[${i}]`;
    if (!isValidPublicKey(account.publicKey)) {
      return err({ path: `${path}.publicKey`, expected: "a valid Ed25519 public key", actual: account.publicKey });
    }
    if (keys.has(account.publicKey)) {
      return err({
        path: `${path}.publicKey`,
        expected: "a key of its own",
        actual: "the key of another account or of the hub",
      });
    }
    const folded = foldName(account.name);
    if (names.has(folded)) return err({ path: `${path}.name`, expected: "a name of its own", actual: account.name });
    keys.add(account.publicKey);
    names.add(folded);
    // Subtracted instead of added, so that no sum leaves the safe range.
    if (account.bonded > MAX_INTEGER - minted - account.liquid) {
      return err({ path: "accounts", expected: `at most ${MAX_INTEGER} tokens in all`, actual: "more" });
    }
    minted += account.liquid + account.bonded;
  }
  return ok(genesis);
}

/** The chain id: the hash of genesis, which names the network and pins all its parameters (SPEC §2). */
export function chainIdOf(genesis: Genesis): Hex {
  return taggedHash("genesis", "", genesis);
}
