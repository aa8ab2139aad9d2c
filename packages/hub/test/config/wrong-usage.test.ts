import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ConfigFault } from "../../src/config/config-fault.ts";
import { readDotenv } from "../../src/config/dotenv.ts";
import { editDistance, nearestOf } from "../../src/config/nearest.ts";
import { OPTIONS } from "../../src/config/options.ts";
import { sentenceOfConfigFault } from "../../src/words/config-faults.ts";
import { helpText } from "../../src/words/help.ts";
import { configOf, faultOfLine } from "../support/invocation.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

describe("a command line that cannot be meant", () => {
  it.each([
    ["--prot 9000", "there is no flag --prot; did you mean --port?"],
    ["--activation 2", "there is no flag --activation; did you mean --activation-delay?"],
    ["--max-conn 2", "there is no flag --max-conn; did you mean --max-connections?"],
    ["--colour", "there is no flag --colour; pos-hub --help lists what there is"],
    ["-p 9000", "there is no flag -p; pos-hub --help lists what there is"],
    ["verfy", 'there is no command "verfy"; did you mean verify?'],
    ["9000", 'there is no command "9000"; pos-hub --help lists what there is'],
    ["--port", "--port needs a value: --port N"],
    ["--port --json", "--port needs a value: --port N"],
    ["--json=yes", '--json takes no value, but got "yes"'],
    ["--port 65536", '--port must be a port from 0 to 65535 (0 takes a free one), not "65536"'],
    ["--port -1", '--port must be a port from 0 to 65535 (0 takes a free one), not "-1"'],
    ["--port 0x10", '--port must be a port from 0 to 65535 (0 takes a free one), not "0x10"'],
    ["--host localhost:9000", '--host must be an address or a host name, without a port, not "localhost:9000"'],
    ["--host 127.0.0", '--host must be an address or a host name, without a port, not "127.0.0"'],
    ["--round 30", '--round must be a time as 500ms, 10s, 2m or 1h, from 200ms to 168h, not "30"'],
    ["--round 199ms", '--round must be a time as 500ms, 10s, 2m or 1h, from 200ms to 168h, not "199ms"'],
    ["--round 169h", '--round must be a time as 500ms, 10s, 2m or 1h, from 200ms to 168h, not "169h"'],
    ["--network a/b", '--network must be 1 to 32 letters, digits, _ or -, not "a/b"'],
    ["--faucet lots", '--faucet must be a whole number of tokens, or unlimited, not "lots"'],
    ["--faucet 9007199254740992", '--faucet must be a whole number of tokens, or unlimited, not "9007199254740992"'],
    ["--reward 1.5", '--reward must be a whole number of at least 0, not "1.5"'],
    ["--activation-delay -1", '--activation-delay must be a whole number of at least 0, not "-1"'],
    ["--keep-proposals 0", '--keep-proposals must be a whole number of at least 1, not "0"'],
    ["--max-connections 0", '--max-connections must be a whole number of at least 1, not "0"'],
    ["--genesis=", '--genesis must be a path that is not empty, not ""'],
    ["--tls-cert c.pem", "--tls-cert needs --tls-key beside it"],
    ["--tls-key k.pem", "--tls-key needs --tls-cert beside it"],
    ["--memory --data d", "--memory and --data exclude each other"],
    ["export --csv --proposals", "--csv and --proposals exclude each other"],
    ["export --proposals --csv", "--csv and --proposals exclude each other"],
    ["--csv", "--csv is not for pos-hub itself, but for pos-hub export"],
    ["info --port 1", "--port is not for pos-hub info, but for pos-hub itself"],
    ["backup", "backup needs to know where to: pos-hub backup DIR"],
    ["backup a b", 'backup does not take "b"'],
    ["export file", 'export does not take "file"'],
  ])("%s", (line, sentence) => {
    expect(sentenceOfConfigFault(faultOfLine(line))).toBe(sentence);
  });

  it("does not repeat a secret", () => {
    for (const fault of [
      faultOfLine(`--token ${"x".repeat(257)}`),
      faultOfLine("", { environment: { POS_HUB_TOKEN: "two words" } }),
    ]) {
      expect(fault.code).toBe("BAD_VALUE");
      expect(sentenceOfConfigFault(fault)).toMatch(/TOKEN|--token/i);
      expect(sentenceOfConfigFault(fault)).not.toMatch(/xxx|two words/);
    }
  });

  it("is answered in one line, whatever was written", () => {
    for (const nasty of ["a\nb", "\u001B[31mred", "\u202Eolleh", "x".repeat(10_000), "\uD800", "a\u2028b"]) {
      for (const fault of [
        { code: "UNKNOWN_COMMAND", actual: nasty, suggestion: undefined },
        { code: "UNKNOWN_FLAG", source: `--${nasty}`, suggestion: undefined },
        { code: "UNKNOWN_VARIABLE", source: nasty, suggestion: undefined },
        { code: "BAD_VALUE", source: "--port", expected: "a port", actual: nasty },
      ] satisfies ConfigFault[]) {
        const sentence = sentenceOfConfigFault(fault);
        expect(sentence).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(sentence.length).toBeLessThan(600);
      }
    }
  });
});

describe("times", () => {
  it.each([
    ["200ms", 200],
    ["10s", 10_000],
    ["2m", 120_000],
    ["1h", 3_600_000],
    ["168h", 604_800_000],
  ])("%s", (text, milliseconds) => {
    expect(configOf(`--round ${text}`).roundMs?.value).toBe(milliseconds);
  });
});

describe("the nearest word", () => {
  it("counts added, removed, changed and swapped letters", () => {
    expect(editDistance("", "abc")).toBe(3);
    expect(editDistance("port", "port")).toBe(0);
    expect(editDistance("prot", "port")).toBe(1);
    expect(editDistance("kitten", "sitting")).toBe(3);
  });

  it("is the only one that begins so, or else one that is near", () => {
    expect(nearestOf("net", ["network", "json"])).toBe("network");
    expect(nearestOf("jsno", ["network", "json"])).toBe("json");
    expect(nearestOf("xyz", ["network", "json"])).toBeUndefined();
  });
});

describe(".env", () => {
  it("is read from a directory, and may be missing or a directory itself", () => {
    const directory = temporaryDirectory();
    expect(readDotenv(directory)).toEqual({ ok: true, value: {} });
    writeFileSync(join(directory, ".env"), '# the tutorial\nADDR=9000\nPOS_HUB_NETWORK="a class"\n');
    expect(readDotenv(directory)).toEqual({ ok: true, value: { ADDR: "9000", POS_HUB_NETWORK: "a class" } });
    const other = temporaryDirectory();
    mkdirSync(join(other, ".env"));
    expect(readDotenv(other)).toEqual({ ok: true, value: {} });
  });

  it("that cannot be read is a fault", () => {
    const file: ConfigFault = { code: "UNREADABLE_FILE", source: "/x/.env", actual: "EACCES" };
    expect(sentenceOfConfigFault(faultOfLine("", { file }))).toBe("/x/.env cannot be read (EACCES)");
  });
});

describe("the help", () => {
  it("lists every option of a command, and no line is wider than a screen", () => {
    for (const command of ["run", "verify", "export", "info", "backup"] as const) {
      const text = helpText(command);
      for (const { name, commands } of OPTIONS) {
        expect(text.includes(`  --${name} `)).toBe(commands.includes(command));
      }
      for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
      expect(text).toContain("Examples:");
    }
  });
});
