// A login is a signature over the hub's challenge (SPEC §4). A wrong one is told so, and may be tried again.
import { expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { Person } from "../support/person.ts";
import { run } from "../support/run.ts";
import { connect, refusal } from "../support/validator.ts";

it("with a wrong signature is refused, and the right one still holds", async () => {
  const hub = await startHub();
  const [anna, ben] = [new Person(), new Person()];
  const client = await connect(hub);
  const { challenge } = client.hello;
  const wrong = [
    // Somebody else's key, another connection's challenge, another network's chain id, and no signature at all.
    { ...ben.login(hub.chainId, challenge), publicKey: anna.publicKey },
    anna.login(hub.chainId, "ab".repeat(32)),
    anna.login("ab".repeat(32), challenge),
    { ...anna.login(hub.chainId, challenge), signature: "00".repeat(64) },
  ];
  for (const login of wrong) {
    expect(refusal(await client.request(login))).toMatchObject({ code: "LOGIN_REFUSED" });
  }
  await client.logIn(anna);
  expect(refusal(await client.request(ben.login(hub.chainId, challenge)))).toMatchObject({ code: "ALREADY_LOGGED_IN" });
});

it("of a key that cannot be one is refused", async () => {
  const hub = await startHub();
  const client = await connect(hub);
  const { genesis } = await hub.genesisAndRule();
  const login = new Person().login(hub.chainId, client.hello.challenge);
  // Of small order, in no canonical encoding, and the hub's own.
  for (const publicKey of [`01${"00".repeat(31)}`, "ff".repeat(32), genesis.hub]) {
    expect(refusal(await client.request({ ...login, publicKey }))).toMatchObject({
      code: "BAD_PUBLIC_KEY",
      actual: publicKey,
    });
  }
});

it("is needed to stake and propose, not to read", async () => {
  const hub = await startHub();
  const client = await connect(hub);
  const person = new Person();
  expect(refusal(await client.transact(person, { type: "join", name: person.name, grant: 1_000 }))).toMatchObject({
    code: "LOGIN_REQUIRED",
  });
  expect((await client.ask("genesis", { type: "genesis" })).genesis).toEqual(await hub.get("/api/genesis"));
});

it("needs the join token where the hub asks for one: the client says how to give it", async () => {
  const hub = await startHub({ env: { POS_HUB_TOKEN: "sesame" } });
  const raw = await connect(hub);
  expect(raw.hello.needsToken).toBe(true);
  for (const token of [null, "", "Sesame", "sesame "]) {
    const login = new Person().login(hub.chainId, raw.hello.challenge, token);
    expect(refusal(await raw.request(login))).toMatchObject({ code: "TOKEN_REFUSED" });
  }

  const without = await run("pos-client", ["--hub", hub.url, "--stake", "100"]);
  expect(without.code).toBe(1);
  expect(without.stderr).toBe(
    "pos-client: This hub asks for a join token. Give it as POS_CLIENT_TOKEN or with --token.\n",
  );
  const wrong = await run("pos-client", ["--hub", hub.url, "--stake", "100", "--token", "gehiem"]);
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toBe(
    "pos-client: The token given is not this hub's. Ask who runs it for the join token; give it as POS_CLIENT_TOKEN or with --token.\n",
  );
  const withToken = startClient(hub.url, { args: ["--stake", "100"], env: { POS_CLIENT_TOKEN: "sesame" } });
  expect(await withToken.events.waitFor("staked")).toMatchObject({ bonded: 100 });
  // Reading needs none.
  const spectator = startClient(hub.url, { args: ["--spectate"] });
  await spectator.events.waitFor("connected");
  // The secret stands in nothing that either program says.
  const { stdout, stderr } = await hub.stop();
  expect(stdout + stderr).not.toContain("sesame");
});
