import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { endOf, posHub, startHub } from "../support/cli.ts";
import { dataConfig, opened } from "../support/data-config.ts";
import { filledDirectory } from "../support/filled-directory.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

describe("wrong usage: exit 2, one line on standard error that names the flag, nothing on standard output", () => {
  it.each([
    ["--prot 9000", "pos-hub: there is no flag --prot; did you mean --port?"],
    ["--round 1ms", 'pos-hub: --round must be a time as 500ms, 10s, 2m or 1h, from 200ms to 168h, not "1ms"'],
    ["verfy", 'pos-hub: there is no command "verfy"; did you mean verify?'],
    ["info --port 1", "pos-hub: --port is not for pos-hub info, but for pos-hub itself"],
  ])("%s", async (line, sentence) => {
    expect(await posHub(...line.split(" "))).toEqual({ code: 2, stdout: [], stderr: [sentence] });
  });

  it("names a variable and a line of .env as well", async () => {
    const cwd = temporaryDirectory();
    const byVariable = await endOf(startHub([], { env: { POS_HUB_FAUCET: "lots" }, cwd }));
    expect(byVariable).toEqual({
      code: 2,
      stdout: [],
      stderr: ['pos-hub: POS_HUB_FAUCET must be a whole number of tokens, or unlimited, not "lots"'],
    });
    writeFileSync(join(cwd, ".env"), "ADDR=99999\n");
    expect(await endOf(startHub([], { cwd }))).toEqual({
      code: 2,
      stdout: [],
      stderr: ['pos-hub: ADDR in .env must be a port as 9000, or an address with one as localhost:9000, not "99999"'],
    });
  });
});

describe("--help and --version", () => {
  it("are answered on standard output, exit 0", async () => {
    const help = await posHub("--help");
    expect(help).toMatchObject({ code: 0, stderr: [] });
    expect(help.stdout.join("\n")).toContain("Usage: pos-hub [options]");
    expect(await posHub("export", "--version")).toMatchObject({
      code: 0,
      stdout: [expect.stringMatching(/^pos-hub /)],
    });
  });
});

describe("a hub", () => {
  it("listens where the tutorial's .env says", async () => {
    const cwd = temporaryDirectory();
    writeFileSync(join(cwd, ".env"), "ADDR=localhost:0\nPOS_HUB_DATA=data\nPOS_HUB_JSON=1\n");
    const hub = startHub([], { cwd });
    await hub.untilLines(2);
    const events = hub.lines.map((line) => JSON.parse(line));
    expect(events).toMatchObject([{ event: "genesis" }, { event: "listening", network: "classroom" }]);
    hub.process.kill("SIGTERM");
    expect(await hub.ended).toEqual({ code: 0, signal: null });
    const data = opened(dataConfig(join(cwd, "data")));
    expect(data.isNew).toBe(false);
    expect(data.network.chainId).toBe(events[1].chainId);
    data.close();
  });

  it("says in one line that another has the data, exit 1", async () => {
    const { directory, data } = filledDirectory(1);
    expect(await posHub("--port", "0", "--data", directory)).toEqual({
      code: 1,
      stdout: [],
      stderr: [expect.stringMatching(`^pos-hub: another hub \\(process ${process.pid} on .*\\) uses ${directory}; `)],
    });
    data.close();
  });

  it("says in one line that its chain is damaged, exit 1", async () => {
    const { directory, data } = filledDirectory(2);
    data.close();
    truncateSync(join(directory, "chain.db"), 40_000);
    const { code, stdout, stderr } = await posHub("--port", "0", "--data", directory);
    expect({ code, stdout }).toEqual({ code: 1, stdout: [] });
    expect(stderr).toEqual([expect.stringMatching(/^pos-hub: .*chain\.db is damaged/)]);
  });

  it("says in one line that a flag asks for another network, exit 1", async () => {
    const { directory, data } = filledDirectory(1);
    data.close();
    expect(await posHub("--port", "0", "--data", directory, "--network", "physics")).toEqual({
      code: 1,
      stdout: [],
      stderr: [
        'pos-hub: --network asks for network "physics", but genesis fixes "classroom" here; leave it out, or start a new network with --fresh',
      ],
    });
  });

  it("says where --fresh moved the old data", async () => {
    const { directory, data } = filledDirectory(1);
    data.close();
    const hub = startHub(["--port", "0", "--data", directory, "--fresh", "--json"]);
    await hub.untilLines(2);
    hub.process.kill("SIGINT");
    const { code, stderr } = await endOf(hub);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: [expect.stringMatching(`^pos-hub: The old data is now in ${directory}/old-\\d{8}T\\d{6}Z `)],
    });
  });
});
