// DESIGN §10: every pane is a validator of its own without being told, and gets its identity back.
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { type Identities, openIdentities } from "../../src/identity/identities.ts";
import { CHAIN, type FakeProcess, fakeProcess, granted, OTHER_CHAIN } from "../support/identities.ts";
import { temporaryHome } from "../support/temporary-home.ts";

let homeDir: string;
let running: Set<number>;

beforeEach(() => {
  homeDir = temporaryHome();
  running = new Set();
});

/** A client that is started: what it can take, and how it dies. */
function start({ chainId = CHAIN, host = "here", userName = "anna" } = {}) {
  const process = fakeProcess(running, host, userName);
  return { ...identitiesOf(process, chainId), process, kill: () => running.delete(process.holder.pid) };
}

function identitiesOf({ system }: FakeProcess, chainId = CHAIN): Identities {
  return openIdentities({ homeDir, chainId, system });
}

function namesOf(identities: Identities): string[] {
  return granted(identities.list()).map(({ name }) => name);
}

describe("a client without a name", () => {
  it("is named after the user where it is the first", () => {
    const held = granted(start().acquire(null));
    expect(held.name).toBe("anna");
    expect(held).toMatchObject({ joined: false, tombstoned: false, createdAt: "2026-01-01T00:00:00.000Z" });
  });

  it("takes the first identity, in the order of creation, that no running client holds", () => {
    const panes = [1, 2, 3, 4, 5].map(() => start());
    const names = panes.map((pane) => granted(pane.acquire(null)).name);
    expect(names).toEqual(["anna", "anna-2", "anna-3", "anna-4", "anna-5"]);

    for (const index of [1, 3, 4]) panes[index]?.kill();
    const restarted = [1, 2, 3, 4].map(() => granted(start().acquire(null)).name);
    expect(restarted).toEqual(["anna-2", "anna-4", "anna-5", "anna-6"]);
  });

  it("gets the same key back", () => {
    const pane = start();
    const { publicKey } = granted(pane.acquire(null));
    pane.kill();
    expect(granted(start().acquire(null)).publicKey).toBe(publicKey);
  });

  it("takes what another one released", () => {
    const held = granted(start().acquire(null));
    held.release();
    expect(granted(start().acquire(null)).publicKey).toBe(held.publicKey);
  });

  it("passes a tombstoned one by, which keeps its name", () => {
    const pane = start();
    granted(granted(pane.acquire(null)).markTombstoned());
    pane.kill();
    expect(granted(start().acquire(null)).name).toBe("anna-2");
  });

  it("takes another one beside its own once that is tombstoned", () => {
    const pane = start();
    const slashed = granted(pane.acquire(null));
    granted(slashed.markTombstoned());
    expect(granted(pane.acquire(null)).name).toBe("anna-2");
  });

  it("takes one that was made with --name and is free", () => {
    const pane = start();
    granted(pane.acquire("zoe"));
    pane.kill();
    expect(granted(start().acquire(null)).name).toBe("zoe");
  });

  it("has other identities in another network", () => {
    const one = granted(start().acquire(null));
    const other = granted(start({ chainId: OTHER_CHAIN }).acquire(null));
    expect(other.name).toBe("anna");
    expect(other.publicKey).not.toBe(one.publicKey);
  });

  it("does not take over what another machine that shares the folder holds", () => {
    const elsewhere = start({ host: "there" });
    granted(elsewhere.acquire(null));
    elsewhere.kill();
    expect(granted(start().acquire(null)).name).toBe("anna-2");
  });
});

describe("a client with --name", () => {
  it("takes this machine's identity of that name, whatever the case of its letters", () => {
    const pane = start();
    const { publicKey } = granted(pane.acquire("Zoe"));
    pane.kill();
    expect(granted(start().acquire("zoe"))).toMatchObject({ publicKey, name: "Zoe" });
  });

  it("makes it where there is none", () => {
    granted(start().acquire(null));
    expect(granted(start().acquire("zoe")).name).toBe("zoe");
    expect(namesOf(start())).toEqual(["anna", "zoe"]);
  });

  it("is refused while a running client holds it, and told which", () => {
    const { process } = start();
    const held = granted(identitiesOf(process).acquire("zoe"));
    const lockFile = join(homeDir, "identities", CHAIN, `${held.publicKey}.lock`);
    expect(start().acquire("zoe")).toEqual({
      ok: false,
      error: { code: "IDENTITY_IN_USE", name: "zoe", holder: process.holder, lockFile },
    });
  });

  it("takes a tombstoned one, to watch", () => {
    const pane = start();
    granted(granted(pane.acquire("zoe")).markTombstoned());
    pane.kill();
    expect(granted(start().acquire("zoe")).tombstoned).toBe(true);
  });

  it("takes the one that was made for the name and had to be renamed", () => {
    const pane = start();
    const held = granted(pane.acquire("zoe"));
    expect(granted(held.rename("zoe-2"))).toBe("zoe-2");
    pane.kill();
    expect(granted(start().acquire("zoe"))).toMatchObject({ name: "zoe-2", publicKey: held.publicKey });
  });
});

describe("bots", () => {
  it("are named by their number", () => {
    expect(granted(start().acquireBots(3)).map(({ name }) => name)).toEqual(["bot-1", "bot-2", "bot-3"]);
  });

  it("get their identities back, and more where more are asked for", () => {
    const first = start();
    const keys = granted(first.acquireBots(2)).map(({ publicKey }) => publicKey);
    first.kill();
    const again = granted(start().acquireBots(3));
    expect(again.slice(0, 2).map(({ publicKey }) => publicKey)).toEqual(keys);
    expect(again.map(({ name }) => name)).toEqual(["bot-1", "bot-2", "bot-3"]);
  });

  it("of a second process are others", () => {
    granted(start().acquireBots(2));
    expect(granted(start().acquireBots(2)).map(({ name }) => name)).toEqual(["bot-3", "bot-4"]);
  });

  it("and panes leave each other's identities alone", () => {
    const bots = start();
    granted(bots.acquireBots(2));
    bots.kill();
    const pane = start();
    expect(granted(pane.acquire(null)).name).toBe("anna");
    pane.kill();
    expect(granted(start().acquireBots(3)).map(({ name }) => name)).toEqual(["bot-1", "bot-2", "bot-3"]);
  });

  it("leave out a tombstoned one", () => {
    const first = start();
    const [slashed] = granted(first.acquireBots(2));
    if (slashed !== undefined) granted(slashed.markTombstoned());
    first.kill();
    expect(granted(start().acquireBots(2)).map(({ name }) => name)).toEqual(["bot-2", "bot-3"]);
  });

  it("do not take a pane's name", () => {
    granted(start().acquire("BOT-1"));
    expect(granted(start().acquireBots(1)).map(({ name }) => name)).toEqual(["bot-2"]);
  });
});

describe("renaming, where the network has given the name to another key", () => {
  it("takes the suggestion, also for the next start", () => {
    const pane = start();
    expect(granted(granted(pane.acquire(null)).rename("anna-7"))).toBe("anna-7");
    pane.kill();
    expect(granted(start().acquire(null)).name).toBe("anna-7");
  });

  it("takes the next number where another identity here has the suggestion", () => {
    const [one] = [granted(start().acquire(null)), granted(start().acquire(null))];
    expect(granted(one.rename("anna-2"))).toBe("anna-3");
    expect(namesOf(start())).toEqual(["anna-3", "anna-2"]);
  });

  it("is a defect once the identity has joined", () => {
    const held = granted(start().acquire(null));
    granted(held.markJoined("anna"));
    expect(() => held.rename("anna-2")).toThrow("anna has joined");
  });

  it("is not needed where the account turns out to have another name", () => {
    const pane = start();
    granted(granted(pane.acquire(null)).markJoined("Anna-9"));
    pane.kill();
    expect(granted(start().acquire(null))).toMatchObject({ name: "Anna-9", joined: true });
  });
});
