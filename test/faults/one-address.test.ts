/** A class fits behind one address, a flood does not. Loopback has no such limit, so this needs a network of its own. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { figure } from "../support/form.ts";

const ADDRESS = "198.51.100.7";
const TIMEOUT_MS = 30_000;
const SETUP = `ip link set lo up && ip address add ${ADDRESS}/32 dev lo && exec "$@"`;

test("connections of one address: as many as are allowed are let in, the others are told why", (context) => {
  const child = join(import.meta.dirname, "..", "support", "one-address.ts");
  const bin = join(import.meta.dirname, "..", "..", "packages", "hub", "bin", "pos-hub.js");
  const unshare = ["--net", "sh", "-c", SETUP, "sh"];
  try {
    execFileSync("unshare", [...unshare, "true"], { stdio: "pipe" });
  } catch {
    figure("addresses: skipped, as this user may not make a network of its own");
    return context.skip();
  }
  const command = [...unshare, process.execPath, child, bin, ADDRESS, "20", "30"];
  const reasons: string[] = JSON.parse(execFileSync("unshare", command, { encoding: "utf8", timeout: TIMEOUT_MS }));
  expect(reasons.filter((reason) => reason === "let in")).toHaveLength(20);
  expect(reasons.filter((reason) => reason === "TOO_MANY_CONNECTIONS")).toHaveLength(10);
  figure("addresses: of 30 connections of one address with a limit of 20, 20 were let in and 10 told why");
});
