// DESIGN §10: the words of a command line.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ClientConfig } from "../../src/config/client-config.ts";
import { CHAIN } from "../support/identities.ts";
import { newUser } from "../support/new-user.ts";

describe("a command line", () => {
  it("may be empty", async () => {
    const { homeDir, configOf } = newUser();
    expect(await configOf("")).toEqual({
      hubUrl: "ws://127.0.0.1:9000",
      chainId: null,
      stake: null,
      name: null,
      bpm: { kind: "ask" },
      bots: 0,
      spectate: false,
      token: null,
      once: false,
      json: false,
      plain: false,
      ascii: false,
      color: true,
      theme: "dark",
      bell: true,
      homeDir,
      full: false,
      chainFile: null,
      source: null,
      blockRange: null,
    } satisfies ClientConfig);
  });

  it("sets what its flags say", async () => {
    const { homeDir, configOf } = newUser();
    const line = `--hub 10.0.0.5 --chain ${CHAIN} --stake 100 --name Zoë --bpm 72 --token s3cret --once --json --plain --ascii --no-color`;
    expect(await configOf(line)).toMatchObject({
      hubUrl: "ws://10.0.0.5:9000",
      chainId: CHAIN,
      stake: 100,
      name: "Zoë",
      bpm: { kind: "fixed", bpm: 72 },
      token: "s3cret",
      once: true,
      json: true,
      plain: true,
      ascii: true,
      color: false,
    });
    expect(await configOf("--spectate")).toMatchObject({ spectate: true });
    expect(await configOf("--bots 3 --stake=50")).toMatchObject({ bots: 3, stake: 50 });
    expect((await configOf("--profile school")).homeDir).toBe(join(homeDir, "profiles", "school"));
  });

  it("takes the largest stake there is", async () => {
    const { configOf } = newUser();
    expect(await configOf("--stake 9007199254740991")).toMatchObject({ stake: Number.MAX_SAFE_INTEGER });
  });

  it("takes --auto-bpm with and without a range", async () => {
    const { configOf } = newUser();
    expect((await configOf("--auto-bpm")).bpm).toEqual({ kind: "random", range: null });
    expect((await configOf("--auto-bpm --json")).bpm).toEqual({ kind: "random", range: null });
    const range = { kind: "random", range: { min: 60, max: 90 } };
    expect((await configOf("--auto-bpm 60-90")).bpm).toEqual(range);
    expect((await configOf("--auto-bpm=60-90")).bpm).toEqual(range);
    expect((await configOf("--auto-bpm 60-90 --bots 3")).bpm).toEqual(range);
  });

  it("names a command and what it is about", async () => {
    const { read, configOf } = newUser();
    expect(await read("verify --full chain.jsonl")).toMatchObject({
      ok: true,
      value: { command: "verify", config: { full: true, source: "chain.jsonl" } },
    });
    expect((await configOf("blocks 12")).blockRange).toEqual({ from: 12, to: 12 });
    expect((await configOf("--json blocks 5-20")).blockRange).toEqual({ from: 5, to: 20 });
    expect(await read("keys export anna")).toMatchObject({
      ok: true,
      value: { command: "keys", operands: ["export", "anna"] },
    });
  });

  it("asks for help or the version whatever else it says", async () => {
    const { read } = newUser();
    for (const line of ["--help", "-h", "verify --help", "--stke 5 --help"])
      expect(await read(line)).toEqual({ ok: true, value: { kind: "help" } });
    expect(await read("--version")).toEqual({ ok: true, value: { kind: "version" } });
  });
});
