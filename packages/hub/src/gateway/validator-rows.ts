import type { ValidatorRow } from "pos-shared/protocol/hub-messages.ts";
import type { ValidatorFacts } from "../sequencer/hub-port.ts";
import type { Sessions } from "./sessions.ts";

/** One line of the list of validators: the hub knows the account, the gateway who is online. */
export function validatorRow({ address, account, wins }: ValidatorFacts, sessions: Sessions): ValidatorRow {
  const { publicKey, name, liquid, bonded, tombstoned } = account;
  return { address, publicKey, name, liquid, bonded, online: sessions.isOnline(publicKey), wins, tombstoned };
}
