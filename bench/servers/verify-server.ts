/** Bare sockets that carry WebSocket frames: each proposal's signature is verified and answered, and nothing else is done. */
import type { KeyObject } from "node:crypto";
import { createServer, type Socket } from "node:net";
import { verifyingKey } from "pos-shared/crypto/keys.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import { tagText } from "pos-shared/encoding/tagged-bytes.ts";
import { encode } from "pos-shared/protocol/codec.ts";
import { textFrame } from "../../packages/hub/src/gateway/frame.ts";
import { verifyAndAnswer } from "../baselines/verify-over-sockets.ts";
import { HEADERS_END } from "../load/ws-frames.ts";
import { serve } from "../run/child.ts";
import { portOf } from "./port-of.ts";

export type Verifier = {
  /** Proposals of this chain; the port. */
  open: (chainId: Hex) => Promise<number>;
};

/** As long as the hub's own. */
const RECEIPT = { round: 1, leaf: "0".repeat(64), signature: "0".repeat(128) };
const ANSWER = textFrame(encode({ type: "accepted", re: "p", receipt: RECEIPT }));
/** A connection begins as with the hub: headers, then a greeting. */
const GREETING = Buffer.concat([Buffer.from(`HTTP/1.1 101 ${HEADERS_END}`), textFrame('{"type":"hello"}')]);

const keys = new Map<Hex, KeyObject>();
let tag = "";

const server = createServer({ noDelay: true }, (socket) => {
  socket.once("data", () => {
    socket.on("data", (frame) => take(socket, frame));
    socket.write(GREETING);
  });
  socket.on("error", () => {});
});

serve({
  open: async (chainId) => {
    tag = tagText("proposal", chainId);
    await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1", backlog: 1_024 }, resolve));
    return portOf(server);
  },
} satisfies Verifier);

function take(socket: Socket, frame: Buffer): void {
  verifyAndAnswer(socket, frame, tag, keyOf, ANSWER);
}

function keyOf(publicKey: Hex): KeyObject {
  let key = keys.get(publicKey);
  if (key === undefined) {
    key = verifyingKey(publicKey);
    keys.set(publicKey, key);
  }
  return key;
}
