import type { Broadcast } from "pos-shared/chain/round/effects.ts";
import { addressOf } from "pos-shared/crypto/keys.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { tipWords } from "pos-shared/encoding/tip-words.ts";
import { type Account, sumOf } from "pos-shared/model/account.ts";
import type { HubPort } from "../sequencer/hub-port.ts";
import type { HubLog } from "./log.ts";
import type { Telemetry } from "./telemetry.ts";

/** Writes down and counts what happens on the chain (DESIGN §10). Returns how to stop. */
export function logNews(hub: HubPort, log: HubLog, telemetry: Telemetry): () => void {
  return hub.onBroadcast((news) => {
    count(telemetry, news);
    write(hub, log, news);
  });
}

function count(telemetry: Telemetry, news: Broadcast): void {
  if (news.kind === "proposal") telemetry.proposalAccepted();
  if (news.kind === "joined" || news.kind === "account") telemetry.transactionAccepted();
  if (news.kind === "block") telemetry.blockSealed();
}

function write(hub: HubPort, log: HubLog, news: Broadcast): void {
  switch (news.kind) {
    case "opening": {
      const { round, closesAt } = news.opening;
      log.event("round", { round, closesAt, validators: news.validators, stake: news.stake });
      return;
    }
    case "block": {
      const { index, round, hash, validator, bpm, proposal } = news.block;
      const name = proposal === null ? null : nameOf(hub, proposal.publicKey);
      log.event("block", { index, round, hash, words: tipWords(hash), validator, name, bpm });
      return;
    }
    case "idle":
      log.event("idle", { round: news.round });
      return;
    case "proposal": {
      const { publicKey, bpm } = news.proposal;
      log.event("proposal", { address: addressOf(publicKey), name: nameOf(hub, publicKey), round: news.round, bpm });
      return;
    }
    case "joined":
      log.event("joined", { ...who(news.account), liquid: news.account.liquid });
      return;
    case "account":
      writeAccount(log, news.account, news.cause);
      return;
    case "slashed": {
      const { publicKey, name, evidence: kind, amount, round } = news;
      log.event("slashed", { address: addressOf(publicKey), name, kind, amount, round });
      return;
    }
    case "dropped":
      return;
  }
}

function nameOf(hub: HubPort, publicKey: Hex): string {
  return hub.accountOf(publicKey)?.name ?? "?";
}

function writeAccount(log: HubLog, account: Account, cause: "bond" | "unbond" | "transfer"): void {
  const { bonded, liquid } = account;
  switch (cause) {
    case "bond":
      log.event("bonded", { ...who(account), bonded, activating: sumOf(account.activating), liquid });
      return;
    case "unbond":
      log.event("unbonded", { ...who(account), bonded, unbonding: sumOf(account.unbonding), liquid });
      return;
    case "transfer":
      log.event("transferred", { ...who(account), liquid });
      return;
  }
}

function who(account: Account): { address: Hex; name: string } {
  return { address: addressOf(account.publicKey), name: account.name };
}
