// DESIGN §10: wrong usage is one line that names the flag, or whatever it is that is wrong.
import { describe, expect, it } from "vitest";
import { newUser } from "../support/new-user.ts";

describe("wrong usage", () => {
  const wholeStake = "--stake must be a whole number from 1 to 9007199254740991, not";
  const wholeBpm = "--bpm must be a whole number from 0 to 9007199254740991, not";
  it.each([
    ["--stake 0", `${wholeStake} "0"`],
    ["--stake -5", `${wholeStake} "-5"`],
    ["--stake=-5", `${wholeStake} "-5"`],
    ["--stake 1.5", `${wholeStake} "1.5"`],
    ["--stake 1e3", `${wholeStake} "1e3"`],
    ["--stake 100abc", `${wholeStake} "100abc"`],
    ["--stake 9007199254740992", `${wholeStake} "9007199254740992"`],
    ["--stake", "--stake needs a value: --stake N"],
    ["--stake --json", "--stake needs a value: --stake N"],
    ["--stake=", `${wholeStake} ""`],
    ["--bpm 72.5", `${wholeBpm} "72.5"`],
    ["--bpm -1", `${wholeBpm} "-1"`],
    ["--bpm fast", `${wholeBpm} "fast"`],
    ["--auto-bpm 90-60", '--auto-bpm must be a range MIN-MAX as 60-90, or nothing, not "90-60"'],
    ["--auto-bpm -5-90", '--auto-bpm must be a range MIN-MAX as 60-90, or nothing, not "-5-90"'],
    ["--auto-bpm 60", '--auto-bpm must be a range MIN-MAX as 60-90, or nothing, not "60"'],
    ["--bots 0", '--bots must be a whole number from 1 to 1000, not "0"'],
    ["--bots 1001", '--bots must be a whole number from 1 to 1000, not "1001"'],
    ["--chain abc", '--chain must be a chain id of 64 lowercase hex digits, not "abc"'],
    [`--chain ${"A".repeat(64)}`, /^--chain must be a chain id of 64 lowercase hex digits, not "A{60}…"$/],
    ["--name bad.name", '--name must be 1 to 16 letters, digits, _ or -, not "bad.name"'],
    ["--name abcdefghijklmnopq", /^--name must be 1 to 16 letters/],
    ["--hub ftp://x", /^--hub must be an address as 127\.0\.0\.1:9000/],
    ["--profile ../x", /^--profile must be 1 to 32 of the letters/],
    ["--json=yes", '--json takes no value, but got "yes"'],
    ["--stke 5", 'there is no flag "--stke", did you mean --stake?; see --help'],
    ["--spectat", 'there is no flag "--spectat", did you mean --spectate?; see --help'],
    ["--colour", 'there is no flag "--colour"; see --help'],
    ["-x", 'there is no flag "-x"; see --help'],
    ["--theme dark", 'there is no flag "--theme"; see --help'],
    ["verfy", 'there is no command "verfy", did you mean verify?; see --help'],
    ["100", 'there is no command "100"; see --help'],
    ["verify a b", 'verify takes no "b"'],
    ["blocks 5-2", 'blocks must be an index as 12, or a range as 1-100, not "5-2"'],
    ["blocks --stake 5", "--stake does not go with blocks; see --help"],
    ["--full", '--full needs a command, as in "pos-client verify"; see --help'],
    ["--spectate --stake 5", "--stake and --spectate exclude each other"],
    ["--stake 5 --spectate", "--spectate and --stake exclude each other"],
    ["--spectate --bpm 5", "--bpm and --spectate exclude each other"],
    ["--spectate --auto-bpm", "--auto-bpm and --spectate exclude each other"],
    ["--spectate --bots 2", "--bots and --spectate exclude each other"],
    ["--bpm 5 --auto-bpm", "--auto-bpm and --bpm exclude each other"],
    ["--bots 2 --name anna", "--name and --bots exclude each other"],
  ])("%s is told in one line that names it", async (line, expected) => {
    const { complaintOf } = newUser();
    const complaint = await complaintOf(line);
    if (typeof expected === "string") expect(complaint).toBe(expected);
    else expect(complaint).toMatch(expected);
    expect(complaint).not.toContain("\n");
  });

  it("never repeats a secret", async () => {
    const { complaintOf } = newUser();
    expect(await complaintOf("", { POS_CLIENT_TOKEN: "my secret" })).toBe(
      "POS_CLIENT_TOKEN must be 1 to 256 characters without spaces",
    );
  });
});
