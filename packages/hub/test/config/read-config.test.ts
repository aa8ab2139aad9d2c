import { describe, expect, it } from "vitest";
import { OPTIONS } from "../../src/config/options.ts";
import { sentenceOfConfigFault } from "../../src/words/config-faults.ts";
import { helpText } from "../../src/words/help.ts";
import { configOf, faultOfLine, invocationOf } from "../support/invocation.ts";

describe("a hub without options (DESIGN §10)", () => {
  it("listens on 127.0.0.1:9000 and keeps its data where the platform wants it", () => {
    expect(configOf("")).toEqual({
      port: 9000,
      host: "127.0.0.1",
      data: { kind: "directory", directory: "/home/anna/.local/share/pos-hub" },
      fresh: false,
      roundMs: undefined,
      genesis: {
        network: undefined,
        faucet: undefined,
        blockReward: undefined,
        activationDelay: undefined,
        file: undefined,
      },
      recoverMs: undefined,
      token: undefined,
      tokenFile: undefined,
      logLevel: "info",
      tls: undefined,
      json: false,
      keepProposals: 10_000,
      limits: {
        maxConnections: 20_000,
        maxConnectionsPerAddress: 1_000,
        maxMessageRate: 50,
        maxMessagesPerAddress: 5_000,
        maxRequestsPerAddress: 100,
        maxMessageBytes: 65_536,
        maxValidators: 100_000,
        maxPendingTransactions: 10_000,
      },
      evil: [],
      evilSeed: undefined,
    });
  });

  it("takes every option", () => {
    const line =
      "--port 0 --host ::1 --round 500ms --data d --fresh --network physics --faucet unlimited --reward 0 " +
      "--genesis g.json --activation-delay 2 --recover 10s --log-level warn --token secret --tls-cert c.pem --tls-key k.pem --json " +
      "--keep-proposals 5 --max-connections 1 --max-connections-per-address 2 --max-message-rate 3 " +
      "--max-messages-per-address 6 --max-requests-per-address 7 --max-message-bytes 8192 " +
      "--max-validators 4 --max-pending 5 --evil fork --evil-seed 7";
    expect(configOf(line)).toEqual({
      port: 0,
      host: "::1",
      data: { kind: "directory", directory: "/home/anna/class/d" },
      fresh: true,
      roundMs: { value: 500, source: "--round" },
      genesis: {
        network: { value: "physics", source: "--network" },
        faucet: { value: "unlimited", source: "--faucet" },
        blockReward: { value: 0, source: "--reward" },
        activationDelay: { value: 2, source: "--activation-delay" },
        file: { value: "/home/anna/class/g.json", source: "--genesis" },
      },
      recoverMs: 10_000,
      token: "secret",
      tokenFile: undefined,
      logLevel: "warn",
      tls: { certFile: "/home/anna/class/c.pem", keyFile: "/home/anna/class/k.pem" },
      json: true,
      keepProposals: 5,
      limits: {
        maxConnections: 1,
        maxConnectionsPerAddress: 2,
        maxMessageRate: 3,
        maxMessagesPerAddress: 6,
        maxRequestsPerAddress: 7,
        maxMessageBytes: 8192,
        maxValidators: 4,
        maxPendingTransactions: 5,
      },
      evil: ["fork"],
      evilSeed: 7,
    });
  });

  it("takes a value behind = too, and of a flag given twice the last", () => {
    expect(configOf("--port=1 --port=2").port).toBe(2);
  });
});

describe("flags beat the environment, which beats .env, which beats defaults (DESIGN §10)", () => {
  const environment = { POS_HUB_PORT: "2", POS_HUB_ROUND: "2s" };
  const file = { POS_HUB_PORT: "3", POS_HUB_ROUND: "3s", POS_HUB_NETWORK: "three" };

  it("setting by setting, and each knows where it came from", () => {
    const config = configOf("--port 1", { environment, file });
    expect(config.port).toBe(1);
    expect(config.roundMs).toEqual({ value: 2_000, source: "POS_HUB_ROUND" });
    expect(config.genesis.network).toEqual({ value: "three", source: "POS_HUB_NETWORK in .env" });
  });

  it("an empty variable counts as none", () => {
    expect(configOf("", { environment: { POS_HUB_PORT: "" }, file: { POS_HUB_PORT: "3" } }).port).toBe(3);
  });

  it("a switch can be a variable, which can also say no", () => {
    expect(configOf("", { environment: { POS_HUB_JSON: "1" } }).json).toBe(true);
    expect(configOf("", { environment: { POS_HUB_JSON: "no" }, file: { POS_HUB_JSON: "yes" } }).json).toBe(false);
    expect(faultOfLine("", { environment: { POS_HUB_JSON: "maybe" } })).toMatchObject({
      code: "BAD_VALUE",
      source: "POS_HUB_JSON",
    });
  });

  it("--fresh is no variable: it would throw the network away at each start", () => {
    expect(configOf("", { environment: { POS_HUB_FRESH: "1" } }).fresh).toBe(false);
  });

  it("a wrong value in a weaker place does not matter where a stronger one counts", () => {
    expect(configOf("--port 1", { environment: { POS_HUB_PORT: "x" } }).port).toBe(1);
  });

  it("a misspelt variable in .env is found; in the environment others may have left it", () => {
    expect(faultOfLine("", { file: { POS_HUB_PROT: "1" } })).toEqual({
      code: "UNKNOWN_VARIABLE",
      source: "POS_HUB_PROT in .env",
      suggestion: "POS_HUB_PORT",
    });
    expect(configOf("", { environment: { POS_HUB_SERVICE_HOST: "10.0.0.1" } }).port).toBe(9000);
  });
});

describe("an option that is a flag only", () => {
  it.each([
    ["POS_HUB_EVIL", "--evil"],
    ["POS_HUB_EVIL_SEED", "--evil-seed"],
    ["POS_HUB_FRESH", "--fresh"],
    ["POS_HUB_RECOVER", "--recover"],
    ["POS_HUB_VERSION", "--version"],
  ])("%s in .env is answered with %s, not with another variable", (variable, flag) => {
    const fault = faultOfLine("", { file: { [variable]: "1" } });
    expect(fault).toEqual({ code: "FLAG_ONLY", source: `${variable} in .env`, flag });
    expect(sentenceOfConfigFault(fault)).toBe(`${variable} in .env sets nothing: only as a flag, ${flag}`);
  });

  it("of which the help names those that a hub could be told by a variable", () => {
    const text = helpText("run").replaceAll("\n", " ");
    for (const { name, flagOnly, commands } of OPTIONS) {
      if (flagOnly !== true || !commands.includes("run") || name === "help" || name === "version") continue;
      expect(/All but (.*) can be variables/.exec(text)?.[1]?.split(/, | and /)).toContain(`--${name}`);
    }
  });
});

describe("the tutorial's ADDR (REFERENCE §1)", () => {
  it.each([
    ["9001", 9001, "127.0.0.1"],
    [":9001", 9001, "127.0.0.1"],
    ["localhost:9001", 9001, "localhost"],
    ["0.0.0.0:9001", 9001, "0.0.0.0"],
    ["[::1]:9001", 9001, "::1"],
  ])("ADDR=%s in .env is understood", (address, port, host) => {
    expect(configOf("", { file: { ADDR: address } })).toMatchObject({ port, host });
  });

  it("in the environment beats the one in .env, as in the tutorial", () => {
    expect(configOf("", { environment: { ADDR: "9001" }, file: { ADDR: "9002", POS_HUB_PORT: "9003" } }).port).toBe(
      9001,
    );
  });

  it("gives way to --port and POS_HUB_PORT of its own place", () => {
    expect(configOf("--port 1", { environment: { ADDR: "0.0.0.0:9001" } })).toMatchObject({
      port: 1,
      host: "127.0.0.1",
    });
    expect(configOf("", { file: { ADDR: "9001", POS_HUB_PORT: "9002" } }).port).toBe(9002);
    expect(configOf("--host ::1", { file: { ADDR: "localhost:9001" } })).toMatchObject({ port: 9001, host: "::1" });
  });

  it.each(["99999", "nine", "localhost", "localhost:", "::1:9000", "http://localhost:9000", "9000 "])(
    "ADDR=%s is refused by name",
    (address) => {
      expect(faultOfLine("", { file: { ADDR: address } })).toMatchObject({
        code: "BAD_VALUE",
        source: "ADDR in .env",
        actual: address,
      });
    },
  );

  it("does not matter to commands that do not listen", () => {
    expect(invocationOf("info", { file: { ADDR: "nonsense" } }).command).toBe("info");
  });
});

describe("commands", () => {
  it("look at the data directory that a hub would use", () => {
    expect(invocationOf("verify")).toEqual({
      command: "verify",
      data: "/home/anna/.local/share/pos-hub",
      json: false,
    });
    expect(invocationOf("info --json --data ../x")).toEqual({ command: "info", data: "/home/anna/x", json: true });
    expect(invocationOf("export --csv", { environment: { POS_HUB_DATA: "/srv/hub" } })).toEqual({
      command: "export",
      data: "/srv/hub",
      csv: true,
      proposals: false,
    });
    expect(invocationOf("--data=~/hub backup copy")).toEqual({
      command: "backup",
      data: "/home/anna/hub",
      target: "/home/anna/class/copy",
    });
  });

  it("help and version come before anything else that is wrong with the values", () => {
    expect(invocationOf("--help --port x")).toEqual({ command: "help", about: "run" });
    expect(invocationOf("-h")).toEqual({ command: "help", about: "run" });
    expect(invocationOf("backup --help")).toEqual({ command: "help", about: "backup" });
    expect(invocationOf("--version", { file: { POS_HUB_PORT: "x" } })).toEqual({ command: "version" });
  });
});

describe("where data lies", () => {
  it.each([
    ["linux", { XDG_DATA_HOME: "/data" }, "/data/pos-hub"],
    ["linux", { XDG_DATA_HOME: "relative" }, "/home/anna/.local/share/pos-hub"],
    ["darwin", {}, "/home/anna/Library/Application Support/pos-hub"],
    ["win32", { LOCALAPPDATA: "/c/Local" }, "/c/Local/pos-hub"],
  ])("on %s with %o", (name, environment: Record<string, string>, directory) => {
    expect(configOf("", { environment, surroundings: { name } }).data).toEqual({ kind: "directory", directory });
  });

  it("is nowhere with --memory, unless a stronger place names a directory", () => {
    expect(configOf("--memory", { environment: { POS_HUB_DATA: "d" } }).data).toEqual({ kind: "memory" });
    expect(configOf("--data d", { environment: { POS_HUB_MEMORY: "1" } }).data).toMatchObject({ kind: "directory" });
    expect(configOf("", { environment: { POS_HUB_MEMORY: "0", POS_HUB_DATA: "/d" } }).data).toEqual({
      kind: "directory",
      directory: "/d",
    });
    expect(faultOfLine("--memory --data d")).toEqual({ code: "EXCLUSIVE", source: "--memory", other: "--data" });
  });
});
