// docs/scripting.md lists every event with its keys: the compiler holds these tables to the programs, the test the page.
import { expect, test } from "vitest";
import type { ClientEvent } from "../packages/client/src/session/session.ts";
import type { HubEvents } from "../packages/hub/src/telemetry/hub-event.ts";
import { codeOf, readPage, rowsOf, sectionOf } from "../packages/shared/test/support/markdown.ts";

type Keys<K extends PropertyKey> = Readonly<Record<K, true>>;
type KeysOfClientEvent<N extends ClientEvent["event"], E = ClientEvent> = E extends { readonly event: infer M }
  ? N extends M
    ? Exclude<keyof E, "event">
    : never
  : never;

const hubEvents: { readonly [N in keyof HubEvents]: Keys<keyof HubEvents[N]> } = {
  listening: { url: true, http: true, chainId: true, network: true },
  exposed: { missing: true },
  genesis: { chainId: true, network: true },
  joined: { address: true, name: true, liquid: true },
  online: { address: true, name: true, from: true },
  left: { address: true, name: true },
  bonded: { address: true, name: true, bonded: true, activating: true, liquid: true },
  unbonded: { address: true, name: true, bonded: true, unbonding: true, liquid: true },
  transferred: { address: true, name: true, liquid: true },
  round: { round: true, closesAt: true, validators: true, stake: true },
  proposal: { address: true, name: true, round: true, bpm: true },
  block: { index: true, round: true, hash: true, words: true, validator: true, name: true, bpm: true },
  idle: { round: true },
  slashed: { address: true, name: true, kind: true, amount: true, round: true },
  behind: { index: true, hash: true },
  recovering: { index: true, seconds: true },
  recovered: { index: true, blocks: true },
  evil: { mode: true, round: true },
  failed: { what: true, message: true, code: true, seconds: true },
  mended: { what: true, seconds: true },
  stopped: { index: true },
};

const clientEvents: { readonly [N in ClientEvent["event"]]: Keys<KeysOfClientEvent<N>> } = {
  connected: { url: true, chainId: true, address: true, name: true, index: true, words: true },
  disconnected: { reason: true, attempt: true, retries: true },
  reconnected: { index: true },
  newNetwork: { url: true, expected: true, actual: true },
  joined: { address: true, name: true, liquid: true },
  firstBond: { amount: true, address: true, name: true },
  staked: { bonded: true, liquid: true, address: true, name: true },
  transaction: {
    phase: true,
    type: true,
    amount: true,
    to: true,
    toName: true,
    round: true,
    frees: true,
    index: true,
    awaited: true,
    address: true,
    name: true,
  },
  received: { amount: true, from: true, fromName: true, index: true, address: true, name: true },
  round: { round: true, closesAt: true, validators: true, stake: true },
  proposed: { round: true, bpm: true, address: true, name: true },
  accepted: { round: true, bpm: true, address: true, name: true },
  rejected: { code: true, message: true, round: true, bpm: true, address: true, name: true },
  block: { index: true, hash: true, words: true, round: true, verified: true },
  winner: {
    round: true,
    index: true,
    hash: true,
    validator: true,
    name: true,
    bpm: true,
    stake: true,
    eligibleStake: true,
    you: true,
  },
  slashed: { address: true, name: true, kind: true, amount: true },
  dropped: { tx: true, code: true, message: true },
  progress: { verified: true, total: true },
  alarm: { code: true, index: true, expected: true, actual: true, proven: true, evidence: true },
  notice: { message: true },
  stopped: {},
};

const page = readPage("docs/scripting.md");

test.each([
  ["JSON lines of the hub", hubEvents],
  ["JSON lines of the client", clientEvents],
])("%s: every event with its keys, and no other (DESIGN §10)", (title, events) => {
  const written = rowsOf(sectionOf(page, title).body).map(([event, when, keys = ""]) => {
    expect(when).not.toBe("");
    return [codeOf(event), [...keys.matchAll(/`(\w+)`/g)].map(([, key]) => key)];
  });
  expect(written).toEqual(Object.entries(events).map(([event, keys]) => [event, Object.keys(keys)]));
});
