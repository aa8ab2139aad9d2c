// DESIGN §10: what is wrong with an identity's files is said, and concerns that identity alone.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { openIdentities } from "../../src/identity/identities.ts";
import type { IdentityError } from "../../src/identity/identity-error.ts";
import { exportIdentity } from "../../src/identity/portable-identity.ts";
import { CHAIN, codeOf, fakeProcess, granted } from "../support/identities.ts";
import { temporaryHome } from "../support/temporary-home.ts";

let homeDir: string;
let running: Set<number>;

beforeEach(() => {
  homeDir = temporaryHome();
  running = new Set();
});

/** A client that is started: what it can take, which it passed by, and how it dies. */
function start() {
  const { system, holder } = fakeProcess(running);
  const passedBy: IdentityError[] = [];
  const identities = openIdentities({ homeDir, chainId: CHAIN, system, passedBy: (error) => passedBy.push(error) });
  return { ...identities, passedBy, kill: () => running.delete(holder.pid) };
}

describe("what is wrong with the files", () => {
  /** `anna`, whose files may be damaged, and `zoe`; nobody holds either. */
  function twoIdentities() {
    const pane = start();
    const { publicKey } = granted(pane.acquire(null));
    const zoe = granted(pane.acquire("zoe"));
    pane.kill();
    const path = (extension: string) => join(homeDir, "identities", CHAIN, `${publicKey}.${extension}`);
    const file = path("json");
    return { zoe, file, record: path("signed.jsonl"), damage: (text: string) => writeFileSync(file, text) };
  }

  it("is said of a damaged identity, with its file, and no other is made in its stead", () => {
    const pane = start();
    const { publicKey } = granted(pane.acquire(null));
    pane.kill();
    const file = join(homeDir, "identities", CHAIN, `${publicKey}.json`);
    writeFileSync(file, "{");
    expect(start().acquire(null)).toEqual({
      ok: false,
      error: { code: "IDENTITY_DAMAGED", file, reason: "it is not JSON" },
    });
    writeFileSync(file, '{"version":2}');
    expect(codeOf(start().acquire("zoe"))).toBe("IDENTITY_DAMAGED");
  });

  it("is said of what stands there, and nothing is made, where the damaged one may be the one that was asked for", () => {
    const { damage } = twoIdentities();
    damage("{");
    expect(codeOf(start().acquire("anna"))).toBe("IDENTITY_DAMAGED");
    expect(codeOf(start().acquire("somebody"))).toBe("IDENTITY_DAMAGED");
    expect(codeOf(exportIdentity({ homeDir, chainId: CHAIN }, "anna"))).toBe("IDENTITY_DAMAGED");
  });

  it("does not block another identity that was asked for", () => {
    const { damage, zoe } = twoIdentities();
    damage("{");
    const pane = start();
    expect(granted(pane.acquire("zoe")).publicKey).toBe(zoe.publicKey);
    expect(pane.passedBy).toEqual([]);
    expect(granted(exportIdentity({ homeDir, chainId: CHAIN }, "zoe")).publicKey).toBe(zoe.publicKey);
  });

  it("does not block a new name either, where the damaged one says that its names are others", () => {
    const { damage } = twoIdentities();
    damage(JSON.stringify({ name: "../x", madeFor: "anna" }));
    expect(codeOf(start().acquire("anna"))).toBe("IDENTITY_DAMAGED");
    expect(granted(start().acquire("ben")).name).toBe("ben");
  });

  it("makes a client without a name, and bots, take the next one, and say so", () => {
    const { damage, file, zoe } = twoIdentities();
    damage("{");
    const pane = start();
    expect(granted(pane.acquire(null)).publicKey).toBe(zoe.publicKey);
    expect(pane.passedBy).toEqual([{ code: "IDENTITY_DAMAGED", file, reason: "it is not JSON" }]);
    const bots = start();
    expect(granted(bots.acquireBots(2)).map(({ name }) => name)).toEqual(["bot-1", "bot-2"]);
    expect(bots.passedBy).toEqual(pane.passedBy);
  });

  it("lets a client without a name take the next one where a signing record is damaged", () => {
    const { record, zoe } = twoIdentities();
    writeFileSync(record, "no record\n\n");
    const pane = start();
    expect(granted(pane.acquire(null)).publicKey).toBe(zoe.publicKey);
    expect(pane.passedBy).toMatchObject([{ code: "IDENTITY_DAMAGED", file: record }]);
    expect(codeOf(start().acquire("anna"))).toBe("IDENTITY_DAMAGED");
  });

  it("is no matter for who wants one beside a damaged one that a running client holds", () => {
    const held = granted(start().acquire(null));
    writeFileSync(join(homeDir, "identities", CHAIN, `${held.publicKey}.json`), "{");
    const pane = start();
    granted(pane.acquire(null));
    expect(pane.passedBy).toEqual([]);
  });

  it("cannot be brought about by a name that is none", () => {
    const held = granted(start().acquire(null));
    expect(() => held.rename("../\u001b[31m x")).toThrow("an identity's name should be a name");
    expect(() => start().acquire("no name")).toThrow("an identity's name should be a name");
    expect(granted(start().list()).map(({ name }) => name)).toEqual(["anna"]);
  });

  it("is said of a key whose halves do not belong together", () => {
    const pane = start();
    const { publicKey } = granted(pane.acquire(null));
    pane.kill();
    const file = join(homeDir, "identities", CHAIN, `${publicKey}.json`);
    const stored: unknown = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...Object(stored), seed: "1".repeat(64) }));
    expect(codeOf(start().acquire(null))).toBe("IDENTITY_DAMAGED");
  });

  it("is said where the folder cannot be made", () => {
    writeFileSync(join(homeDir, "identities"), "a file in the way");
    expect(start().acquire(null)).toMatchObject({
      ok: false,
      error: { code: "IDENTITY_STORAGE_FAILED", reason: "not a directory" },
    });
  });

  it("matters not where only a lock is torn: its writer died while it took it", () => {
    const pane = start();
    const { publicKey } = granted(pane.acquire(null));
    writeFileSync(join(homeDir, "identities", CHAIN, `${publicKey}.lock`), '{"host":"he');
    expect(granted(start().acquire(null)).publicKey).toBe(publicKey);
  });
});
