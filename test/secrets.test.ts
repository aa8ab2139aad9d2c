/** No secret is seen where others look: in logs, in the list of processes, in files that others may read. */
import { execFileSync } from "node:child_process";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startClient } from "./support/client.ts";
import { startHub } from "./support/hub.ts";
import { Person } from "./support/person.ts";
import { Program } from "./support/program.ts";
import { run } from "./support/run.ts";
import { temporaryHome } from "./support/temporary-home.ts";
import { connect, connectAs } from "./support/validator.ts";

const SECRET = "open-sesame-42";

describe("the join token", () => {
  test("from a file, a variable or a flag: only who knows it joins, and nothing that is printed has it", async () => {
    const file = join(temporaryHome(), "token");
    writeFileSync(file, `${SECRET}\n`, { mode: 0o600 });
    const ways = [
      { args: ["--token-file", file] },
      { env: { POS_HUB_TOKEN_FILE: file } },
      { env: { POS_HUB_TOKEN: SECRET } },
      { args: ["--token", SECRET] },
    ];
    for (const way of ways) {
      const hub = await startHub(way);
      const person = new Person();
      const client = await connect(hub);
      expect(client.hello.needsToken).toBe(true);
      const guess = await client.request(person.login(client.chainId, client.hello.challenge, "guess"));
      expect(guess).toMatchObject({ code: "TOKEN_REFUSED" });
      expect(await client.logIn(person, SECRET)).toMatchObject({ type: "welcome" });
      const metrics = await (await fetch(`${hub.http}/metrics`)).text();
      const { stdout, stderr } = await hub.stop();
      expect(stdout + stderr + metrics).not.toContain(SECRET);
    }
  });

  test.runIf(process.platform === "linux")("given as a flag it is not in the list of processes", async () => {
    const hub = await startHub({ args: ["--token", SECRET] });
    const listed = execFileSync("ps", ["-o", "args=", "-p", String(hub.program.child.pid)], { encoding: "utf8" });
    expect(listed).not.toContain(SECRET);
  });

  test("a file that is not there, or holds no token, is one line and exit 1", async () => {
    const file = join(temporaryHome(), "token");
    const missing = await run("pos-hub", ["--memory", "--port", "0", "--token-file", file]);
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringMatching(/--token-file/) });
    writeFileSync(file, "two words");
    const wrong = await run("pos-hub", ["--memory", "--port", "0", "--token-file", file]);
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/--token-file/) });
    expect(wrong.stderr).not.toContain("two words");
    expect((await run("pos-hub", ["--token", "a", "--token-file", file])).code).toBe(2);
  });
});

describe("a hub that other machines can reach", () => {
  const reasons = async (args: readonly string[]): Promise<readonly string[]> => {
    const hub = await startHub({ args: [...args, "--log-level", "debug"] });
    const { stdout } = await hub.stop();
    const events = stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
    return events.flatMap(({ event, level, missing }) => (event === "exposed" ? [`${level} ${missing}`] : []));
  };

  test("warns plainly where it has no token and no TLS, in JSON as for people", async () => {
    expect(await reasons(["--host", "0.0.0.0"])).toEqual(["warn token", "warn tls"]);
    expect(await reasons(["--host", "0.0.0.0", "--token", SECRET])).toEqual(["warn tls"]);
    const people = new Program("pos-hub", ["--memory", "--port", "0", "--host", "0.0.0.0"], { home: temporaryHome() });
    await people.lines.take((line) => line.includes("Warning: anybody who reaches this machine can join."));
    await people.lines.take((line) => line.includes("Warning: the connection is not encrypted."));
  });

  test("does not where only this machine can", async () => {
    expect(await reasons([])).toEqual([]);
    expect(await reasons(["--host", "localhost"])).toEqual([]);
  });
});

test.runIf(process.platform !== "win32")("all that hub and client keep is for their owner alone", async () => {
  const [hubHome, clientHome] = [temporaryHome(), temporaryHome()];
  const hub = await startHub({ home: hubHome });
  const client = startClient(hub.url, { home: clientHome, args: ["--stake", "10", "--auto-bpm"] });
  await client.events.waitFor("winner");
  await connectAs(hub, new Person());
  await client.program.stop();
  const kept = [
    join(hubHome, "data", "pos-hub"),
    ...readdirSync(join(clientHome, "config")).map((name) => join(clientHome, "config", name)),
  ];
  for (const folder of kept) expect(statSync(folder).mode & 0o077, folder).toBe(0);
  const files = readdirSync(clientHome, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const secret = files.filter(({ name }) => /^[0-9a-f]{64}\.json$/.test(name));
  expect(secret.length).toBeGreaterThan(0);
  for (const { parentPath, name } of secret) expect(statSync(join(parentPath, name)).mode & 0o777).toBe(0o600);
  expect(statSync(join(hubHome, "data", "pos-hub", "hub-key")).mode & 0o777).toBe(0o600);
});
