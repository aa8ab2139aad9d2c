import { decodeRequest, encode } from "pos-shared/protocol/codec.ts";
import type { HubMessage, PushOf } from "pos-shared/protocol/hub-messages.ts";
import type { Request } from "pos-shared/protocol/requests.ts";
import type { Dial, WireHandlers } from "../../src/connection/dial.ts";

/** One connection whose other end is the test. */
export class ScriptedWire {
  readonly requests: Request[] = [];
  readonly handlers: WireHandlers;
  isDropped = false;
  receivedBytes = 0;

  constructor(handlers: WireHandlers) {
    this.handlers = handlers;
  }

  say(message: HubMessage): void {
    this.sayText(encode(message));
  }

  sayText(text: string): void {
    this.receivedBytes += text.length;
    this.handlers.received(Buffer.from(text));
  }

  /** The newest request of a type that was sent. */
  asked<T extends Request["type"]>(type: T): Extract<Request, { readonly type: T }> {
    const found = this.requests.findLast((request) => request.type === type);
    if (found === undefined) throw new Error(`${type} was not asked`);
    return found as Extract<Request, { readonly type: T }>;
  }
}

/** Dials into the test's hands: every connection there ever was, in order. */
export function scriptedDial(): { readonly dial: Dial; readonly wires: ScriptedWire[] } {
  const wires: ScriptedWire[] = [];
  const dial: Dial = (_url, handlers) => {
    const wire = new ScriptedWire(handlers);
    wires.push(wire);
    return {
      send: (frame) => {
        const request = decodeRequest(frame);
        if (!request.ok) throw new Error(`a malformed request: ${frame}`);
        wire.requests.push(request.value);
      },
      drop: () => {
        wire.isDropped = true;
      },
      receivedBytes: () => wire.receivedBytes,
    };
  };
  return { dial, wires };
}

export function hello(changes: Partial<PushOf<"hello">> = {}): PushOf<"hello"> {
  return {
    type: "hello",
    version: "0.1.0",
    chainId: "c".repeat(64),
    network: "test",
    challenge: "a".repeat(64),
    time: Date.parse("2026-01-01T00:00:00.000Z"),
    tip: { index: 0, hash: "c".repeat(64) },
    needsToken: false,
    recovering: false,
    ...changes,
  };
}
