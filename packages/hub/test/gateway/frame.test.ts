import { describe, expect, it } from "vitest";
import * as ws from "ws";
import { pingFrame, pongFrame, textFrame, textFrameOf } from "../../src/gateway/frame.ts";

/** What ws makes itself when it sends: exported by it, and left out of its types. */
const { Sender } = ws as unknown as {
  readonly Sender: { frame(data: Buffer, options: Readonly<Record<string, unknown>>): Buffer[] };
};

function ofWs(payload: Buffer, opcode: number): Buffer {
  return Buffer.concat(Sender.frame(payload, { fin: true, opcode, mask: false, readOnly: true }));
}

describe("frames of a hub (RFC 6455 §5.2)", () => {
  // Where the length is in one byte, in two more, and in eight more.
  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 1_100_000])(
    "are those of ws, byte for byte, with %i bytes",
    (bytes) => {
      const text = "é".repeat(bytes / 2) + "x".repeat(bytes % 2);
      const expected = ofWs(Buffer.from(text), 0x1);
      expect(textFrame(text).equals(expected)).toBe(true);
      const [head = Buffer.alloc(0), rest = Buffer.alloc(0)] = [
        Buffer.from(text).subarray(0, 7),
        Buffer.from(text).subarray(7),
      ];
      expect(Buffer.concat(textFrameOf([head, rest, Buffer.alloc(0)])).equals(expected)).toBe(true);
    },
  );

  it("are pings and pongs too", () => {
    expect(pingFrame).toEqual(ofWs(Buffer.alloc(0), 0x9));
    expect(pongFrame(Buffer.from("back"))).toEqual(ofWs(Buffer.from("back"), 0xa));
  });
});
