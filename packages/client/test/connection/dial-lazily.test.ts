import { once } from "node:events";
import { SUBPROTOCOL } from "pos-shared/protocol/limits.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { dialLazily } from "../../src/connection/dial-lazily.ts";

describe("a connection whose means are loaded when it is dialled", () => {
  let server: WebSocketServer;
  let url: string;
  let connections = 0;

  beforeEach(async () => {
    connections = 0;
    server = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => SUBPROTOCOL });
    server.on("connection", (socket) => {
      connections += 1;
      socket.send("hello");
      socket.on("message", (data) => socket.send(`heard ${data}`));
    });
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    url = `ws://127.0.0.1:${address.port}`;
  });
  afterEach(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });

  it("carries frames both ways, counts their bytes and ends when it is dropped", async () => {
    const frames: string[] = [];
    const closed = await new Promise<string>((resolve) => {
      const wire = dialLazily(url, {
        received: (bytes) => {
          const frame = bytes.toString();
          frames.push(frame);
          if (frame === "hello") wire.send("me");
          else wire.drop();
          expect(wire.receivedBytes()).toBeGreaterThan(frame.length);
        },
        closed: resolve,
      });
      expect(wire.receivedBytes()).toBe(0);
    });
    expect(frames).toEqual(["hello", "heard me"]);
    expect(closed).toBe("the connection was cut");
  });

  it("is never made where it was dropped before", async () => {
    const closed = await new Promise<string>((resolve) => {
      dialLazily(url, { received: () => {}, closed: resolve }).drop();
    });
    expect(closed).toBe("the connection was given up");
    expect(connections).toBe(0);
  });

  it("says what is wrong with an address", async () => {
    const closed = await new Promise<string>((resolve) => {
      dialLazily("http//nowhere", { received: () => {}, closed: resolve });
    });
    expect(closed).toMatch(/URL/);
  });
});
