// DESIGN §10: `pos-client config`, as a user runs it.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commandOf } from "../support/command.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const done = { code: 0, stdout: "", stderr: "" };

it("sets, gets, lists and resets", async () => {
  const configHome = temporaryHome();
  const run = commandOf(configHome);
  expect(await run(["config", "set", "hub", "192.168.1.5:9000"])).toEqual(done);
  expect(await run(["config", "set", "stake", "100"])).toEqual(done);
  expect(await run(["config", "set", "bell", "off"])).toEqual(done);
  expect(await run(["config", "get", "hub"])).toEqual({ ...done, stdout: "ws://192.168.1.5:9000\n" });

  const file = join(configHome, "pos-client", "settings.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ hub: "ws://192.168.1.5:9000", stake: 100, bell: false });
  expect(statSync(file).mode & 0o777).toBe(0o600);

  const listed = await run(["config"]);
  expect(listed.stdout).toMatch(/^hub +ws:\/\/192\.168\.1\.5:9000\n/);
  expect(listed.stdout).toMatch(/^stake +100$/m);
  expect(listed.stdout).toMatch(/^name +\(not set\)$/m);
  expect(listed.stdout).toMatch(/^theme +dark {2}\(default\)$/m);

  expect(await run(["config", "reset", "hub"])).toEqual(done);
  expect(await run(["config", "get", "hub"])).toEqual({ ...done, stdout: "ws://127.0.0.1:9000\n" });
  expect(await run(["config", "reset", "all"])).toEqual(done);
  expect(await run(["config", "list", "--json"])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/"stake":null/),
  });
});

it("shows a secret only to who asks for it", async () => {
  const run = commandOf(temporaryHome());
  await run(["config", "set", "token", "s3cret"]);
  expect((await run(["config"])).stdout).toMatch(/^token +\(secret\)$/m);
  expect((await run(["config", "--json"])).stdout).not.toContain("s3cret");
  expect((await run(["config", "get", "token"])).stdout).toBe("s3cret\n");
});

it("keeps the settings of each profile apart", async () => {
  const run = commandOf(temporaryHome());
  await run(["config", "set", "stake", "5", "--profile", "school"]);
  expect(await run(["config", "get", "stake"])).toEqual({
    code: 1,
    stdout: "",
    stderr: "pos-client: stake is not set\n",
  });
  expect((await run(["--profile", "school", "config", "get", "stake"])).stdout).toBe("5\n");
});

it("mends a file that is no JSON", async () => {
  const configHome = temporaryHome();
  const run = commandOf(configHome);
  await run(["config", "set", "stake", "5"]);
  writeFileSync(join(configHome, "pos-client", "settings.json"), "{");
  const refused = await run(["config", "set", "stake", "6"]);
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toMatch(/^pos-client: .*settings\.json cannot be read: .*\n$/);
  expect(await run(["config", "reset", "all"])).toEqual(done);
  expect(await run(["config", "set", "stake", "6"])).toEqual(done);
});

it.each([
  [["config", "set", "hb", "x"], 'there is no setting "hb", did you mean hub?; see pos-client config'],
  [["config", "get", "spectate"], 'there is no setting "spectate"; see pos-client config'],
  [["config", "set", "stake", "0"], 'the setting stake must be a whole number from 1 to 9007199254740991, not "0"'],
  [["config", "set", "theme", "pink"], 'the setting theme must be one of dark, light, contrast, not "pink"'],
  [["config", "set", "token", "two words"], "the setting token must be 1 to 256 characters without spaces"],
  [["config", "set", "hub"], "config set hub needs more: a value"],
  [
    ["config", "get"],
    "config get needs more: hub, chain, stake, name, auto-bpm, token, plain, ascii, no-color, theme, bell",
  ],
  [["config", "set", "stake", "5", "6"], 'config set takes no "6"'],
  [["config", "sett", "stake"], 'there is no command "config sett", did you mean set?; see --help'],
])("%j is wrong usage, told in one line", async (words, complaint) => {
  const run = commandOf(temporaryHome());
  expect(await run(words)).toEqual({ code: 2, stdout: "", stderr: `pos-client: ${complaint}\n` });
});
