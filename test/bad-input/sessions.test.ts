// A key has one live session: two programs that sign with one key would sign twice for a round, and lose the stake
// (DESIGN §7). On one machine a lock keeps them apart, across machines the hub does.
import { expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { connect, refusal, startValidator } from "../support/validator.ts";

it("refuses a second session of a key, and says where the first one is from; the first goes on", async () => {
  const hub = await startHub();
  const { person, client } = await startValidator(hub);
  const second = await connect(hub);
  const reply = refusal(await second.request(person.login(hub.chainId, second.hello.challenge)));
  expect(reply).toMatchObject({ code: "SESSION_ELSEWHERE", actual: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
  await client.proposeUntilAccepted(person, 72);
  // When the first is gone, the second may come.
  client.ws.close();
  await client.closed;
  expect((await second.logIn(person)).account).toMatchObject({ bonded: 100 });
});

it("does not start a second client with the name of one that runs on this machine, and says which", async () => {
  const hub = await startHub();
  const home = temporaryHome();
  const first = startClient(hub.url, { args: ["--stake", "100", "--name", "anna"], home });
  await first.events.waitFor("staked");

  const { code, stderr } = await run("pos-client", ["--hub", hub.url, "--name", "anna"], { home });

  expect(code).toBe(1);
  expect(stderr).toContain(`The identity anna is in use by process ${first.program.child.pid}`);
  expect(stderr).toContain("Stop that one, or use another --name.");
  // The first one never noticed.
  first.type("72");
  await first.events.waitFor("winner", ({ you }) => you);
});

it("ends a client whose key runs on another machine, and says from where", async () => {
  const hub = await startHub();
  const [home, elsewhere] = [temporaryHome(), temporaryHome()];
  const first = startClient(hub.url, { args: ["--stake", "100", "--name", "anna"], home });
  await first.events.waitFor("staked");
  const exported = await run("pos-client", ["keys", "export", "anna"], { home });
  expect(exported.stderr).toContain("this is a secret");
  const imported = await run("pos-client", ["keys", "import", "-"], { home: elsewhere, input: exported.stdout });
  expect({ code: imported.code, stderr: imported.stderr }).toEqual({ code: 0, stderr: "" });

  const { code, stderr } = await run("pos-client", ["--hub", hub.url, "--name", "anna"], { home: elsewhere });

  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^pos-client: This identity is already connected from 127\.0\.0\.1:\d+\. Stop that one, or use another --name\.\n$/,
  );
  first.type("72");
  await first.events.waitFor("winner", ({ you }) => you);
  expect(hub.events.all("slashed")).toEqual([]);
});

it("gives a second login the proposal that the first one made in the open round", async () => {
  const hub = await startHub({ round: "2s" });
  const { person, client } = await startValidator(hub);
  const proposal = await client.proposeUntilAccepted(person, 72);
  client.ws.terminate();
  await client.closed;
  const again = await connect(hub);
  // Signed for this round already: another one would cost the stake.
  expect(await again.logIn(person)).toMatchObject({ proposal: { proposal, receipt: { round: proposal.round } } });
  expect((await again.submit(proposal)).type).toBe("accepted");
});
