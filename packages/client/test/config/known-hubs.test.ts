// DESIGN §10: a client notices that a known address answers with another chain than last time.
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lastChainAt, rememberChain } from "../../src/config/known-hubs.ts";
import { CHAIN, OTHER_CHAIN } from "../support/identities.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const HUB = "ws://127.0.0.1:9000";

it("knows the chain last seen at an address, whatever the path", async () => {
  const homeDir = temporaryHome();
  expect(lastChainAt(homeDir, HUB)).toBeNull();
  await rememberChain(homeDir, HUB, CHAIN);
  await rememberChain(homeDir, "ws://hub.example:9000", OTHER_CHAIN);
  expect(lastChainAt(homeDir, HUB)).toBe(CHAIN);
  expect(lastChainAt(homeDir, `${HUB}/ws`)).toBe(CHAIN);
  expect(lastChainAt(homeDir, "ws://127.0.0.1:9001")).toBeNull();

  await rememberChain(homeDir, HUB, OTHER_CHAIN);
  expect(lastChainAt(homeDir, HUB)).toBe(OTHER_CHAIN);
  expect(statSync(join(homeDir, "hubs.json")).mode & 0o777).toBe(0o600);
});

it.each(["{", "[]", '{"ws://127.0.0.1:9000":"no chain id"}', '{"ws://127.0.0.1:9000":5}'])(
  "starts anew where the file holds %s",
  async (content) => {
    const homeDir = temporaryHome();
    writeFileSync(join(homeDir, "hubs.json"), content);
    expect(lastChainAt(homeDir, HUB)).toBeNull();
    await rememberChain(homeDir, HUB, CHAIN);
    expect(lastChainAt(homeDir, HUB)).toBe(CHAIN);
  },
);
