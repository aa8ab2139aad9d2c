// A hub that cannot run as it is told to ends with exit code 1 and one line that names the cause and what to do; what it
// was pointed at stays as it was.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startHub } from "../support/hub.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { sealRound, startValidator } from "../support/validator.ts";

/** Runs a hub that is to fail; on a free port, so that nothing else is in its way. */
async function failing(home: string, args: readonly string[] = []): Promise<string> {
  const { code, stdout, stderr } = await run("pos-hub", ["--port", "0", "--json", ...args], { home });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^pos-hub: .+\n$/);
  return stderr;
}

describe("a port", () => {
  it("that is in use is named, and the hub that uses it goes on", async () => {
    const hub = await startHub();
    const { port } = new URL(hub.url);
    const { code, stderr } = await run("pos-hub", ["--port", port, "--memory"]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `pos-hub: Port ${port} is in use, perhaps by another hub. Stop that one, or take another port with --port.\n`,
    });
    await startValidator(hub);
  });

  it("of an address that this machine has not is no place to listen", async () => {
    const { code, stderr } = await run("pos-hub", ["--port", "0", "--memory", "--host", "203.0.113.7"]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "pos-hub: This machine has no address 203.0.113.7. See --host.\n",
    });
  });
});

describe("a data directory", () => {
  it("that cannot be made is named with the reason and a way out", async () => {
    const home = temporaryHome();
    writeFileSync(join(home, "file"), "");
    const said = await failing(home, ["--data", join(home, "file", "data")]);
    expect(said).toContain(join(home, "file"));
    expect(said).toContain("choose another place with --data DIR, or --memory");
    expect(readFileSync(join(home, "file"), "utf8")).toBe("");
  });

  it.runIf(process.getuid?.() !== 0)("that may not be written to is named", async () => {
    const home = temporaryHome();
    mkdirSync(join(home, "data"));
    chmodSync(join(home, "data"), 0o500);
    expect(await failing(home, ["--data", join(home, "data")])).toContain("permission denied");
    chmodSync(join(home, "data"), 0o700);
  });

  it("that another hub holds is refused with who holds it; both chains stay", async () => {
    const home = temporaryHome();
    const hub = await startHub({ home });
    const said = await failing(home);
    expect(said).toContain(`another hub (process ${hub.program.child.pid}`);
    expect(said).toContain("choose another place with --data DIR");
    await sealRound([await startValidator(hub)]);
  });

  it.each([
    [["--network", "physics"], /--network asks for network "physics", but genesis fixes "classroom"/],
    [["--faucet", "5"], /--faucet asks for faucet "5", but genesis fixes "1000"/],
    [["--faucet", "unlimited"], /--faucet asks for faucet "unlimited", but genesis fixes "1000"/],
    [["--reward", "0"], /--reward asks for blockReward "0", but genesis fixes "10"/],
    [["--activation-delay", "2"], /--activation-delay asks for activationDelay "2", but genesis fixes "0"/],
  ] as const)("of another network than %j asks for is refused with both values", async (args, sentence) => {
    const home = temporaryHome();
    const hub = await startHub({ home });
    await hub.stop();
    const said = await failing(home, args);
    expect(said).toMatch(sentence);
    expect(said).toContain("--fresh");
    expect((await startHub({ home })).chainId).toBe(hub.chainId);
  });

  it("whose chain is damaged is not run, and not made worse", async () => {
    const home = temporaryHome();
    const hub = await startHub({ home, round: "200ms" });
    const anna = await startValidator(hub);
    for (let i = 0; i < 3; i++) await sealRound([anna]);
    await hub.stop();
    const folder = join(home, "data", "pos-hub");
    const chain = join(folder, "chain.db");
    const whole = temporaryHome();
    cpSync(folder, join(whole, "copy"), { recursive: true });

    // Cut off, filled with something else, and away.
    truncateSync(chain, 5_000);
    expect(await failing(home)).toMatch(/chain\.db is damaged/);
    writeFileSync(chain, "no chain at all, but long enough to look like something\n".repeat(100));
    const before = readFileSync(chain);
    expect(await failing(home)).toMatch(/chain\.db is damaged, or no chain of pos-hub/);
    expect(readFileSync(chain)).toEqual(before);
    rmSync(chain);
    expect(await failing(home)).toMatch(/chain\.db is missing, though its network is there/);

    // Put back, it goes on as it was.
    rmSync(folder, { recursive: true });
    cpSync(join(whole, "copy"), folder, { recursive: true });
    const again = await startHub({ home });
    expect(again.chainId).toBe(hub.chainId);
    expect((await again.blocks()).length).toBeGreaterThanOrEqual(3);
  });

  it("without the hub's key, or with another hub's, is not run", async () => {
    const [home, other] = [temporaryHome(), temporaryHome()];
    for (const each of [home, other]) await (await startHub({ home: each })).stop();
    const keyIn = (place: string) => {
      const folder = join(place, "data", "pos-hub");
      const name = readdirSync(folder).find((file) => file.includes("key"));
      if (name === undefined) throw new Error("a hub has a key");
      return join(folder, name);
    };
    const own = readFileSync(keyIn(home));
    cpSync(keyIn(other), keyIn(home));
    expect(await failing(home)).toMatch(/is the key of another hub: its public key is .*, the chain's is /);
    writeFileSync(keyIn(home), "not a key");
    expect(await failing(home)).toMatch(/is damaged \(expected 64 hex digits\)/);
    const key = keyIn(home);
    rmSync(key);
    expect(await failing(home)).toMatch(/this hub's key, is missing/);
    expect(existsSync(key)).toBe(false);
    writeFileSync(key, own, { mode: 0o600 });
    await startHub({ home });
  });
});

describe("a genesis file", () => {
  it.each([
    ["{", /is wrong/],
    ['{"bpmMin":100,"bpmMax":50}', /bpmMin: expected at most bpmMax, 50, got 100/],
    ['{"roundMs":100}', /roundMs/],
    ['{"acounts":[]}', /acounts/],
    ['{"accounts":[{"publicKey":"00","name":"a","liquid":1,"bonded":0}]}', /accounts\[0\]\.publicKey/],
  ])("that is wrong is refused by its place: %s", async (text, sentence) => {
    const home = temporaryHome();
    const file = join(home, "genesis.json");
    writeFileSync(file, text);
    const said = await failing(home, ["--genesis", file]);
    expect(said).toContain("--genesis");
    expect(said).toMatch(sentence);
    // No half-made network is left behind.
    await startHub({ home });
  });

  it("that is not there is named", async () => {
    const home = temporaryHome();
    expect(await failing(home, ["--genesis", join(home, "none.json")])).toMatch(/--genesis cannot read .*none\.json/);
  });
});
