// DESIGN §10: settings and identities lie where the platform wants them, without a suffix.
import { expect, it } from "vitest";
import { homeDirOf } from "../../src/config/home-dir.ts";

const linux = { name: "linux", userHome: "/home/anna" };

it.each([
  ["$XDG_CONFIG_HOME where it is set", { XDG_CONFIG_HOME: "/cfg" }, "/cfg/pos-client"],
  ["~/.config where it is not", {}, "/home/anna/.config/pos-client"],
  ["~/.config where it is empty", { XDG_CONFIG_HOME: "" }, "/home/anna/.config/pos-client"],
  [
    "~/.config where it is relative, as its specification says",
    { XDG_CONFIG_HOME: "cfg" },
    "/home/anna/.config/pos-client",
  ],
])("is below %s", (_, environment, expected) => {
  expect(homeDirOf(linux, environment, undefined)).toBe(expected);
});

it("is below Library/Preferences on macOS", () => {
  const home = homeDirOf({ name: "darwin", userHome: "/Users/anna" }, {}, undefined);
  expect(home).toBe("/Users/anna/Library/Preferences/pos-client");
});

it("is below %APPDATA% on Windows", () => {
  const home = homeDirOf({ name: "win32", userHome: "/anna" }, { APPDATA: "/anna/Roaming" }, undefined);
  expect(home).toBe("/anna/Roaming/pos-client/Config");
});

it("has a folder for each profile, and none for the default one", () => {
  expect(homeDirOf(linux, {}, "school")).toBe("/home/anna/.config/pos-client/profiles/school");
  expect(homeDirOf(linux, {}, "default")).toBe("/home/anna/.config/pos-client");
});
