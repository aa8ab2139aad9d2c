/** A class fits behind one address, a flood does not. Loopback has no such limits, so this needs a network of its own. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { figure } from "../support/form.ts";
import type { OneAddressOrder, OneAddressOutcome } from "../support/one-address.ts";

const ADDRESS = "198.51.100.7";
const TIMEOUT_MS = 60_000;
const SETUP = `ip link set lo up && ip address add ${ADDRESS}/32 dev lo && exec "$@"`;
const CHILD = join(import.meta.dirname, "..", "support", "one-address.ts");
const BIN = join(import.meta.dirname, "..", "..", "packages", "hub", "bin", "pos-hub.js");
const UNSHARE = ["--net", "sh", "-c", SETUP, "sh"];

/** What becomes of what is asked, or undefined where this user may not make a network of its own. */
function ask(order: Omit<OneAddressOrder, "bin" | "address">): OneAddressOutcome | undefined {
  try {
    execFileSync("unshare", [...UNSHARE, "true"], { stdio: "pipe" });
  } catch {
    return undefined;
  }
  const command = [...UNSHARE, process.execPath, CHILD, JSON.stringify({ ...order, bin: BIN, address: ADDRESS })];
  return JSON.parse(execFileSync("unshare", command, { encoding: "utf8", timeout: TIMEOUT_MS }));
}

const timesOf = (all: readonly string[], what: string): number => all.filter((one) => one === what).length;

test("connections, messages and HTTP requests of one address: as many as are allowed, the others are told why", (context) => {
  // A burst is two seconds' worth of messages, and twenty of requests and handshakes.
  const limits = {
    "max-connections-per-address": 20,
    "max-messages-per-address": 1,
    "max-message-rate": 1_000,
    "max-requests-per-address": 3,
  };
  const outcome = ask({
    args: Object.entries(limits).flatMap(([name, value]) => [`--${name}`, `${value}`]),
    connections: 30,
    messages: 50,
    requests: 200,
  });
  if (outcome === undefined) {
    figure("addresses: skipped, as this user may not make a network of its own");
    return context.skip();
  }
  const { connections, messages, requests, retryAfter, handshakes } = outcome;
  expect([timesOf(connections, "let in"), timesOf(connections, "TOO_MANY_CONNECTIONS")]).toEqual([20, 10]);
  // Time brings some back meanwhile.
  expect(timesOf(messages, "pong")).toBeGreaterThanOrEqual(2);
  expect(timesOf(messages, "pong") + timesOf(messages, "RATE_LIMITED")).toBe(50);
  expect(timesOf(messages, "RATE_LIMITED")).toBeGreaterThan(30);
  expect(timesOf(requests, "200")).toBeGreaterThanOrEqual(60 - connections.length);
  expect(timesOf(requests, "200") + timesOf(requests, "429 RATE_LIMITED")).toBe(200);
  expect(timesOf(requests, "429 RATE_LIMITED")).toBeGreaterThan(50);
  expect(Number(retryAfter)).toBeGreaterThanOrEqual(1);
  expect(handshakes).toContain(429);
  figure(
    `addresses: of 30 connections of one address with a limit of 20, ${timesOf(connections, "let in")} were let in and ` +
      `${timesOf(connections, "TOO_MANY_CONNECTIONS")} told why; above the rate, ${timesOf(messages, "RATE_LIMITED")} of 50 ` +
      `messages and ${timesOf(requests, "429 RATE_LIMITED")} of 200 HTTP requests were refused`,
  );
});

test("as it usually is, a class of 1,000 behind one address comes in at once", (context) => {
  const outcome = ask({ args: [], connections: 1_000, messages: 50, requests: 50 });
  if (outcome === undefined) return context.skip();
  expect(timesOf(outcome.connections, "let in")).toBe(1_000);
  expect(timesOf(outcome.messages, "pong")).toBe(50);
  expect(timesOf(outcome.requests, "200")).toBe(50);
  expect(outcome.handshakes).toEqual([101, 101, 101]);
});
