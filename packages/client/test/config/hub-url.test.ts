// DESIGN §10: --hub ws://127.0.0.1:9000 | HOST[:PORT]
import { describe, expect, it } from "vitest";
import { hubKeyOf, parseHubUrl } from "../../src/config/hub-url.ts";

describe("a hub's address", () => {
  it.each([
    ["127.0.0.1", "ws://127.0.0.1:9000"],
    ["127.0.0.1:80", "ws://127.0.0.1"],
    ["localhost:9100", "ws://localhost:9100"],
    ["Hub.Example", "ws://hub.example:9000"],
    ["9100", "ws://127.0.0.1:9100"],
    [":9100", "ws://127.0.0.1:9100"],
    ["[::1]:9100", "ws://[::1]:9100"],
    ["[::1]", "ws://[::1]:9000"],
    ["::1", "ws://[::1]:9000"],
    ["fe80::1:9000", "ws://[fe80::1:9000]:9000"],
    ["ws://127.0.0.1:9000", "ws://127.0.0.1:9000"],
    ["ws://127.0.0.1:9000/", "ws://127.0.0.1:9000"],
    ["ws://hub.example/ws", "ws://hub.example/ws"],
    ["wss://hub.example", "wss://hub.example"],
    ["http://127.0.0.1:9000", "ws://127.0.0.1:9000"],
    ["http://127.0.0.1:9000/", "ws://127.0.0.1:9000"],
    ["HTTPS://hub.example", "wss://hub.example"],
    ["WSS://hub.example:444/pos", "wss://hub.example:444/pos"],
  ])("%s is %s", (text, expected) => {
    expect(parseHubUrl(text)).toEqual({ ok: true, value: expected });
  });

  it.each([
    "",
    " ",
    "http://",
    "ftp://127.0.0.1:9000",
    "ws://",
    "ws:///x",
    "host:",
    "host:0",
    "0",
    "host:65536",
    "70000",
    "host:port",
    "a b",
    "user@host",
    "ws://user:secret@host",
    "host/path",
    "host?x",
    "[::1",
    "host:90:00",
    "ws://host:9000#x",
  ])("%j is none", (text) => {
    expect(parseHubUrl(text).ok).toBe(false);
  });

  it("tells hubs apart by protocol, host and port alone", () => {
    expect(hubKeyOf("ws://127.0.0.1:9000/ws")).toBe(hubKeyOf("ws://127.0.0.1:9000"));
    expect(hubKeyOf("ws://127.0.0.1:9000")).not.toBe(hubKeyOf("ws://127.0.0.1:9001"));
  });
});
