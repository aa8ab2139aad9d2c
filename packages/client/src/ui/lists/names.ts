import type { BlockDetail, SessionState } from "../../session/session.ts";
import { clean } from "../../words/clean.ts";
import { shortHex } from "../format/identifiers.ts";

/** The name of a key as far as this client knows it, else the key's own digits. */
export function nameOfKey(
  publicKey: string,
  { validators, round }: Pick<SessionState, "validators" | "round">,
  detail: Pick<BlockDetail, "block" | "winnerName"> | null,
): string {
  const known =
    (detail?.block.proposal?.publicKey === publicKey ? detail.winnerName : null) ??
    validators.find((each) => each.publicKey === publicKey)?.name ??
    round?.seen.find((each) => each.publicKey === publicKey)?.name;
  return known === undefined || known === null ? shortHex(publicKey) : clean(known);
}
