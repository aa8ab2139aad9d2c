// Wrong usage ends either program with exit code 2 and one line on standard error that names the place; nothing is on
// standard output, and nothing was started (DESIGN §10).
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { ProgramName } from "../support/program.ts";
import { run } from "../support/run.ts";
import { temporaryHome } from "../support/temporary-home.ts";

type Case = readonly [ProgramName, readonly string[], RegExp];

const FLAGS: readonly Case[] = [
  ["pos-hub", ["--prot", "9000"], /--prot.*did you mean --port/],
  ["pos-hub", ["--stake", "5"], /no flag --stake/],
  ["pos-hub", ["--port", "99999"], /--port.*0 to 65535.*"99999"/],
  ["pos-hub", ["--port", "abc"], /--port.*"abc"/],
  ["pos-hub", ["--port"], /--port needs a value/],
  ["pos-hub", ["--round", "5"], /--round.*500ms, 10s.*"5"/],
  ["pos-hub", ["--round", "199ms"], /--round.*from 200ms.*"199ms"/],
  ["pos-hub", ["--round", "-1s"], /--round/],
  ["pos-hub", ["--faucet", "-1"], /--faucet.*"-1"/],
  ["pos-hub", ["--faucet", "1.5"], /--faucet.*"1.5"/],
  ["pos-hub", ["--faucet", "9007199254740992"], /--faucet/],
  ["pos-hub", ["--reward", "many"], /--reward.*"many"/],
  ["pos-hub", ["--activation-delay", "-2"], /--activation-delay.*"-2"/],
  ["pos-hub", ["--network", "a b"], /--network.*1 to 32 letters.*"a b"/],
  ["pos-hub", ["--memory", "--data", "here"], /--memory and --data|--data and --memory/],
  ["pos-hub", ["--tls-cert", "c.pem"], /--tls-cert needs --tls-key/],
  ["pos-hub", ["--keep-proposals", "0"], /--keep-proposals.*at least 1.*"0"/],
  ["pos-hub", ["--json=yes"], /--json takes no value/],
  ["pos-hub", ["strat"], /no command "strat"/],
  ["pos-hub", ["backup"], /backup.*DIR/],
  ["pos-client", ["--stak", "5"], /"--stak".*did you mean --stake/],
  ["pos-client", ["--stake", "1e3"], /--stake.*"1e3"/],
  ["pos-client", ["--stake"], /--stake needs a value/],
  ["pos-client", ["--bpm", "72.5"], /--bpm.*whole number.*"72.5"/],
  ["pos-client", ["--bpm", "-40"], /--bpm.*whole number.*"-40"|--bpm/],
  ["pos-client", ["--auto-bpm", "90-60"], /--auto-bpm.*MIN-MAX.*"90-60"/],
  ["pos-client", ["--bots", "0"], /--bots.*1 to 1000.*"0"/],
  ["pos-client", ["--bots", "1001"], /--bots.*1 to 1000.*"1001"/],
  ["pos-client", ["--name", "a/../b"], /--name.*letters.*"a\/..\/b"/],
  ["pos-client", ["--name", "seventeen-letters"], /--name.*1 to 16/],
  ["pos-client", ["--name", ""], /--name/],
  ["pos-client", ["--chain", "abc"], /--chain.*64 lowercase hex digits.*"abc"/],
  ["pos-client", ["--hub", "ftp://127.0.0.1:9000"], /--hub.*ws:\/\//],
  ["pos-client", ["--hub", "127.0.0.1:99999"], /--hub/],
  ["pos-client", ["--bpm", "72", "--auto-bpm"], /--auto-bpm and --bpm|--bpm and --auto-bpm/],
  ["pos-client", ["--spectate", "--stake", "5"], /--spectate.*--stake|--stake.*--spectate/],
  ["pos-client", ["--full"], /--full.*verify/],
  ["pos-client", ["verfy"], /no command "verfy".*did you mean verify/],
  ["pos-client", ["blocks", "9-1"], /blocks.*range as 1-100.*"9-1"/],
];

it.each(FLAGS)("%s %j is refused by name", async (name, args, sentence) => {
  const { code, stdout, stderr } = await run(name, args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(new RegExp(`^${name}: .+\n$`));
  expect(stderr).toMatch(sentence);
});

it.each([
  ["pos-hub", { POS_HUB_PORT: "many" }, /POS_HUB_PORT.*"many"/],
  ["pos-hub", { ADDR: "99999" }, /ADDR.*"99999"/],
  ["pos-client", { POS_CLIENT_STAKE: "0" }, /POS_CLIENT_STAKE.*"0"/],
  ["pos-client", { ADDR: "here" }, /ADDR.*"here"/],
] as const)("%s names a variable that is wrong: %j", async (name, env, sentence) => {
  const { code, stdout, stderr } = await run(name, [], { env });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(sentence);
});

it.each([
  ["pos-hub", "POS_HUB_PROT=9000\n", /POS_HUB_PROT in \.env/],
  ["pos-client", "POS_CLIENT_STEAK=5\n", /POS_CLIENT_STEAK in \.env/],
  ["pos-hub", "ADDR=one\n", /ADDR in \.env.*"one"/],
] as const)("%s names a line of .env that is wrong: %j", async (name, text, sentence) => {
  const home = temporaryHome();
  writeFileSync(join(home, ".env"), text);
  const { code, stdout, stderr } = await run(name, [], { home });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(sentence);
});

it("does not repeat a secret that is wrong", async () => {
  for (const [name, args] of [
    ["pos-hub", ["--token", "my secret"]],
    ["pos-client", ["--token", "my secret"]],
  ] as const) {
    const { code, stderr } = await run(name, args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--token must be 1 to 256 characters/);
    expect(stderr).not.toContain("my secret");
  }
});
