import { isValidPublicKey } from "../crypto/keys.ts";
import type { Fault } from "../model/fault.ts";
import type { Genesis } from "../model/genesis.ts";
import { MAX_INTEGER, MAX_UNLIMITED_GRANT } from "../model/limits.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Join } from "../model/transaction.ts";
import { addAccount, getAccount, getAccountByName, type Ledger, newAccount } from "./ledger.ts";

/** A new account with liquid = grant; once a key, not for a key of genesis, a name of its own (SPEC §3). */
export function processJoin(genesis: Genesis, ledger: Ledger, join: Join): Result<Ledger, Fault> {
  if (!isValidPublicKey(join.publicKey) || join.publicKey === genesis.hub) {
    return err({ code: "BAD_PUBLIC_KEY", actual: join.publicKey });
  }
  if (getAccount(ledger, join.publicKey) !== undefined) return err({ code: "ALREADY_JOINED", actual: join.publicKey });
  if (getAccountByName(ledger, join.name) !== undefined) return err({ code: "NAME_TAKEN", actual: join.name });
  if (genesis.faucet === "unlimited" ? join.grant > MAX_UNLIMITED_GRANT : join.grant !== genesis.faucet) {
    const expected = genesis.faucet === "unlimited" ? `at most ${MAX_UNLIMITED_GRANT}` : genesis.faucet;
    return err({ code: "WRONG_GRANT", expected, actual: join.grant });
  }
  if (join.grant > MAX_INTEGER - ledger.minted) {
    return err({ code: "SUPPLY_LIMIT", expected: MAX_INTEGER - ledger.minted, actual: join.grant });
  }
  const joined = addAccount(ledger, newAccount(join.publicKey, join.name, join.grant, 0));
  return ok({ ...joined, minted: joined.minted + join.grant });
}
