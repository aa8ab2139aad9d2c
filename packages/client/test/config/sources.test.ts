// DESIGN §10: flags beat the environment, which beats .env, which beats the settings, which beat the default.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CHAIN } from "../support/identities.ts";
import { newUser } from "../support/new-user.ts";

describe("what completes a command line", () => {
  it("is taken in the order flag, environment, .env, settings, default", async () => {
    const { configOf, writeDotenv, writeSettings } = newUser();
    expect(await configOf("")).toMatchObject({ stake: null });
    writeSettings({ stake: 1 });
    expect(await configOf("")).toMatchObject({ stake: 1 });
    writeDotenv("POS_CLIENT_STAKE=2");
    expect(await configOf("")).toMatchObject({ stake: 2 });
    expect(await configOf("", { POS_CLIENT_STAKE: "3" })).toMatchObject({ stake: 3 });
    expect(await configOf("--stake 4", { POS_CLIENT_STAKE: "3" })).toMatchObject({ stake: 4 });
  });

  it("may be a variable for every flag", async () => {
    const { configOf } = newUser();
    const environment = {
      POS_CLIENT_HUB: "wss://hub.example",
      POS_CLIENT_CHAIN: CHAIN,
      POS_CLIENT_NAME: "anna",
      POS_CLIENT_AUTO_BPM: "60-90",
      POS_CLIENT_TOKEN: "s3cret",
      POS_CLIENT_JSON: "1",
      POS_CLIENT_NO_COLOR: "yes",
      POS_CLIENT_THEME: "light",
      POS_CLIENT_BELL: "off",
      POS_CLIENT_ONCE: "0",
      POS_CLIENT_STAKE: "",
    };
    expect(await configOf("", environment)).toMatchObject({
      hubUrl: "wss://hub.example",
      chainId: CHAIN,
      name: "anna",
      bpm: { kind: "random", range: { min: 60, max: 90 } },
      token: "s3cret",
      json: true,
      color: false,
      theme: "light",
      bell: false,
      once: false,
      stake: null,
    });
    expect((await configOf("", { POS_CLIENT_AUTO_BPM: "on" })).bpm).toEqual({ kind: "random", range: null });
    expect((await configOf("", { POS_CLIENT_AUTO_BPM: "off" })).bpm).toEqual({ kind: "ask" });
  });

  it("may be the settings of the profile", async () => {
    const { configOf, writeSettings } = newUser();
    writeSettings({ stake: 1, theme: "contrast", bell: false, "auto-bpm": true, "no-color": true });
    writeSettings({ stake: 2 }, "school");
    expect(await configOf("")).toMatchObject({
      stake: 1,
      theme: "contrast",
      bell: false,
      bpm: { kind: "random", range: null },
      color: false,
    });
    expect(await configOf("--profile school")).toMatchObject({ stake: 2, theme: "dark" });
    expect(await configOf("", { POS_CLIENT_PROFILE: "school" })).toMatchObject({ stake: 2 });
    // Who watches does it on a projector, unless a theme was chosen (TUI rule 22).
    expect(await configOf("--profile school --spectate")).toMatchObject({ theme: "contrast" });
    expect(await configOf("--spectate", { POS_CLIENT_THEME: "dark" })).toMatchObject({ theme: "dark" });
  });

  it("gives way where it contradicts something stronger", async () => {
    const { configOf } = newUser();
    const environment = { POS_CLIENT_STAKE: "5", POS_CLIENT_NAME: "anna" };
    expect(await configOf("--spectate", environment)).toMatchObject({ spectate: true, stake: null });
    expect(await configOf("--bots 2", environment)).toMatchObject({ bots: 2, name: null, stake: 5 });
    expect(await configOf("--auto-bpm", { POS_CLIENT_BPM: "72" })).toMatchObject({ bpm: { kind: "random" } });
    expect(await configOf("--stake 5", { POS_CLIENT_SPECTATE: "1" })).toMatchObject({ spectate: false, stake: 5 });
  });

  it("is a contradiction where one place says both, and none where one of them is off", async () => {
    const { complaintOf } = newUser();
    const both = { POS_CLIENT_STAKE: "5", POS_CLIENT_SPECTATE: "1" };
    expect(await complaintOf("", both)).toBe("POS_CLIENT_SPECTATE and POS_CLIENT_STAKE exclude each other");
    expect(await complaintOf("", { ...both, POS_CLIENT_SPECTATE: "0" })).toBe("none");
  });

  it("says nothing to a command that it is not for", async () => {
    const { complaintOf, writeSettings } = newUser();
    writeSettings({ stake: "wrong" });
    expect(await complaintOf("blocks", { POS_CLIENT_BPM: "fast" })).toBe("none");
  });

  it.each([
    [{ POS_CLIENT_STAKE: "0" }, "", /^POS_CLIENT_STAKE must be a whole number from 1/],
    [{}, "POS_CLIENT_STAKE=abc", /^POS_CLIENT_STAKE in \.env must be a whole number from 1 .*, not "abc"$/],
    [{}, "POS_CLIENT_STAK=5", "there is no variable POS_CLIENT_STAK in .env, did you mean POS_CLIENT_STAKE?"],
    [{ POS_CLIENT_JSON: "maybe" }, "", 'POS_CLIENT_JSON must be on or off, not "maybe"'],
    [{}, "ADDR=here", 'ADDR must be a port as 9000, not "here"'],
  ])("is told with its place where it is wrong: %j %s", async (environment, dotenv, expected) => {
    const { complaintOf, writeDotenv } = newUser();
    writeDotenv(dotenv);
    const complaint = await complaintOf("", environment as Record<string, string>);
    if (typeof expected === "string") expect(complaint).toBe(expected);
    else expect(complaint).toMatch(expected);
  });

  it("is told with its place where a setting is wrong, or no JSON", async () => {
    const { complaintOf, writeSettings } = newUser();
    writeSettings({ stake: -1 });
    expect(await complaintOf("")).toMatch(/^the setting stake must be a whole number from 1 .*, not "-1"$/);
    writeSettings({ hub: { host: "x" } });
    expect(await complaintOf("")).toMatch(/^the setting hub must be an address/);
    writeSettings("{");
    expect(await complaintOf("")).toMatch(/settings\.json cannot be read: /);
    // Or it could not be mended.
    expect(await complaintOf("config")).toBe("none");
  });

  it("is no color where NO_COLOR says so (no-color.org)", async () => {
    const { configOf } = newUser();
    expect(await configOf("", { NO_COLOR: "1" })).toMatchObject({ color: false });
    expect(await configOf("", { NO_COLOR: "" })).toMatchObject({ color: true });
  });
});

describe("the tutorial's ADDR", () => {
  it.each([
    ["ADDR=9100", "ws://127.0.0.1:9100"],
    ["ADDR=:9100", "ws://127.0.0.1:9100"],
    ["ADDR=localhost:9100", "ws://127.0.0.1:9100"],
    ['ADDR="9100"', "ws://127.0.0.1:9100"],
  ])("%s in .env is the usual hub's port", async (dotenv, expected) => {
    const { configOf, writeDotenv } = newUser();
    writeDotenv(dotenv);
    expect(await configOf("")).toMatchObject({ hubUrl: expected });
  });

  it("counts for less than a hub that is named anywhere", async () => {
    const { configOf, writeDotenv, writeSettings } = newUser();
    writeDotenv("ADDR=9100");
    expect(await configOf("--hub host:1")).toMatchObject({ hubUrl: "ws://host:1" });
    writeSettings({ hub: "host:2" });
    expect(await configOf("")).toMatchObject({ hubUrl: "ws://host:2" });
  });

  it("does no harm where .env is a folder", async () => {
    const { directory, complaintOf } = newUser();
    mkdirSync(join(directory, ".env"));
    expect(await complaintOf("")).toBe("none");
  });
});
