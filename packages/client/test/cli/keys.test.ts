// DESIGN §10: `pos-client keys`, as a user runs it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressOf } from "pos-shared/crypto/keys.ts";
import { expect, it } from "vitest";
import { openIdentities } from "../../src/identity/identities.ts";
import { openIdentitySystem } from "../../src/identity/identity-system.ts";
import { commandOf } from "../support/command.ts";
import { CHAIN, granted, OTHER_CHAIN, signedEntry } from "../support/identities.ts";
import { temporaryHome } from "../support/temporary-home.ts";

/** A user who has run clients in networks; the first identity of CHAIN is held by this process. */
function userWithIdentities(chains = [CHAIN]) {
  const configHome = temporaryHome();
  const system = openIdentitySystem({ USER: "anna" });
  const held = chains.map((chainId) => {
    const identities = openIdentities({ homeDir: join(configHome, "pos-client"), chainId, system });
    const anna = granted(identities.acquire(null));
    granted(anna.markJoined("anna"));
    const { slot, leaf, proposal } = signedEntry(12);
    granted(anna.signingRecord.record(slot, leaf, proposal));
    const zoe = granted(identities.acquire("zoe"));
    zoe.release();
    return { home: join(configHome, "pos-client"), anna, zoe };
  });
  return { run: commandOf(configHome), held };
}

it("lists the identities of all networks, without their secrets", async () => {
  const { run, held } = userWithIdentities([CHAIN, OTHER_CHAIN]);
  const { code, stdout, stderr } = await run(["keys"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { anna } = held[0] ?? {};
  expect(stdout).toContain(`anna  ${anna?.address}  network cccccccc  joined, in use by process ${process.pid} on `);
  expect(stdout).toMatch(/^zoe {2}[0-9a-f]{64} {2}network cccccccc {2}new$/m);
  expect(stdout).toMatch(/^zoe {2}[0-9a-f]{64} {2}network dddddddd {2}new$/m);
  expect((await run(["keys", "list", "--chain", CHAIN])).stdout.split("\n")).toHaveLength(3);
});

it("lists what it can read, and names what it cannot", async () => {
  const { run, held } = userWithIdentities();
  const { home, anna, zoe } = held[0] ?? {};
  const file = join(home ?? "", "identities", CHAIN, `${zoe?.publicKey}.json`);
  writeFileSync(file, JSON.stringify({ name: "\u001b[31m x", madeFor: "zoe" }));
  const { code, stdout, stderr } = await run(["keys"]);
  expect(code).toBe(1);
  expect(stdout).toContain(`anna  ${anna?.address}`);
  expect(stderr).toMatch(/^pos-client: \S+\.json cannot be used: .+\n$/);
  expect(stderr).toContain(file);
  expect((await run(["keys", "export", "anna"])).code).toBe(0);
  const export_ = await run(["keys", "export", "zoe"]);
  expect(export_).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(file) });
});

it("lists them as JSON lines", async () => {
  const { run, held } = userWithIdentities();
  const { stdout } = await run(["keys", "--json"]);
  const lines: unknown[] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const publicKey = held[0]?.anna.publicKey ?? "";
  expect(lines).toHaveLength(2);
  expect(lines[0]).toEqual({
    chainId: CHAIN,
    name: "anna",
    publicKey,
    address: addressOf(publicKey),
    createdAt: expect.any(String),
    joined: true,
    tombstoned: false,
    bot: false,
    holder: expect.objectContaining({ pid: process.pid }),
  });
});

it("says where there are none", async () => {
  const { code, stdout, stderr } = await commandOf(temporaryHome())(["keys"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toBe("pos-client: there are no identities yet; pos-client makes one when it joins\n");
});

it("exports with a warning, and imports elsewhere", async () => {
  const { run } = userWithIdentities();
  const exported = await run(["keys", "export", "anna"]);
  expect(exported.code).toBe(0);
  expect(exported.stderr).toBe(
    "pos-client: this is a secret; run it in one place only, for two running copies sign twice and get slashed\n",
  );
  expect(JSON.parse(exported.stdout)).toMatchObject({ name: "anna", signed: { entries: [signedEntry(12)] } });

  const configHome = temporaryHome();
  const elsewhere = commandOf(configHome);
  const file = join(configHome, "anna.json");
  writeFileSync(file, exported.stdout);
  const imported = await elsewhere(["keys", "import", file]);
  expect(imported).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(imported.stdout)).toMatchObject({ name: "anna", joined: true });
  expect(imported.stdout).not.toContain("seed");
  expect((await elsewhere(["keys", "export", "anna"])).stdout).toBe(exported.stdout);
  expect(await elsewhere(["keys", "import", "-"], exported.stdout)).toEqual({
    code: 1,
    stdout: "",
    stderr: "pos-client: This key is on this machine already, as anna.\n",
  });
});

it("asks for the network where it cannot know", async () => {
  const { run, held } = userWithIdentities([CHAIN, OTHER_CHAIN]);
  expect(await run(["keys", "export", "anna"])).toEqual({
    code: 1,
    stdout: "",
    stderr: `pos-client: which network? Add --chain with one of ${CHAIN}, ${OTHER_CHAIN}\n`,
  });
  const { stdout } = await run(["keys", "export", "anna", "--chain", OTHER_CHAIN]);
  expect(JSON.parse(stdout)).toMatchObject({ publicKey: held[1]?.anna.publicKey });
});

it("tells in one line what is wrong", async () => {
  const { run } = userWithIdentities();
  const complaintOf = async (words: string[], input = "") => {
    const { code, stdout, stderr } = await run(words, input);
    expect(stdout).toBe("");
    return `${code} ${stderr}`;
  };
  expect(await complaintOf(["keys", "export", "bob"])).toBe(
    '1 pos-client: There is no identity bob on this machine. "pos-client keys" lists those there are.\n',
  );
  expect(await complaintOf(["keys", "import", "/nowhere"])).toMatch(
    /^1 pos-client: \/nowhere cannot be read: no such file or directory\n$/,
  );
  expect(await complaintOf(["keys", "import", "-"], "{}")).toMatch(
    /^1 pos-client: That is no exported identity: version/,
  );
  const exported = (await run(["keys", "export", "anna"])).stdout;
  expect(await complaintOf(["keys", "import", "-", "--chain", OTHER_CHAIN], exported)).toBe(
    `1 pos-client: The identity belongs to the network ${CHAIN}, not to ${OTHER_CHAIN}.\n`,
  );
  expect(await complaintOf(["keys", "exprt", "anna"])).toBe(
    '2 pos-client: there is no command "keys exprt", did you mean export?; see --help\n',
  );
  expect(await complaintOf(["keys", "export"])).toBe("2 pos-client: keys export needs more: the NAME of an identity\n");
  expect(await complaintOf(["keys", "list", "x"])).toBe('2 pos-client: keys list takes no "x"\n');
});
