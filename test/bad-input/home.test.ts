// The client keeps identities and what it verified in its user's folder (DESIGN §10). Where that cannot be written, it says
// what to do; who only watches needs none.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startClient } from "../support/client.ts";
import { startHub } from "../support/hub.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";

/** A file in the place of a folder: nobody can write below it, the root neither. */
function blockedHome() {
  const home = temporaryHome();
  const blocked = join(home, "blocked");
  writeFileSync(blocked, "");
  return { home, env: { XDG_CONFIG_HOME: blocked }, folder: join(blocked, "pos-client") };
}

const ADVICE = "Make that place writable, or name another one in XDG_CONFIG_HOME.";

it.each([[["--stake", "100"]], [["--bots", "2", "--stake", "100"]]])(
  "a validator that can keep no identity ends with what to do: %j",
  async (args) => {
    const hub = await startHub();
    const { home, env, folder } = blockedHome();
    const { code, stderr } = await run("pos-client", ["--hub", hub.url, ...args], { home, env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^pos-client: [^\n]+\n$/);
    expect(stderr).toContain(`pos-client: ${folder}`);
    expect(stderr).toContain(`cannot be read or written: not a directory. ${ADVICE}`);
    expect(await hub.get("/api/validators")).toMatchObject({ total: 0 });
  },
);

it("a setting that cannot be written is told with what to do", async () => {
  const { home, env } = blockedHome();
  const { code, stderr } = await run("pos-client", ["config", "set", "stake", "50"], { home, env });
  expect(code).toBe(1);
  expect(stderr).toContain(ADVICE);
  expect(stderr).not.toMatch(/ENOTDIR|EACCES|mkdir/);
});

it("a spectator watches on, and so do verify and blocks; what is not kept is told once each", async () => {
  const hub = await startHub({ round: "500ms" });
  const { home, env } = blockedHome();
  const player = startClient(hub.url, { args: ["--stake", "100", "--bpm", "72"] });
  await player.events.waitFor("winner");
  const { events, program } = startClient(hub.url, { args: ["--spectate", "--once"], home, env });
  await events.waitFor("winner", ({ index }) => index >= 3);
  await program.stop();
  const notices = events.all("notice").map(({ message }) => message);
  expect(notices.length).toBeGreaterThan(0);
  expect(new Set(notices).size).toBe(notices.length);
  for (const notice of notices) expect(notice).not.toMatch(/ENOTDIR|EACCES|mkdir/);
  expect((await run("pos-client", ["verify", hub.url], { home, env })).code).toBe(0);
  expect((await run("pos-client", ["blocks", "--hub", hub.url], { home, env })).code).toBe(0);
});
