import type { Dial, Wire } from "./dial.ts";

/**
 * Dials as `dialWebSocket` does, and loads it only then: with it come Node's HTTP and TLS, which nobody needs before the
 * screen has shown its first frame.
 */
export const dialLazily: Dial = (url, handlers) => {
  let wire: Wire | undefined;
  let isDropped = false;
  const dial = async (): Promise<void> => {
    const { dialWebSocket } = await import("./dial.ts");
    if (isDropped) handlers.closed("the connection was given up");
    else wire = dialWebSocket(url, handlers);
  };
  dial().catch((error: unknown) => handlers.closed(error instanceof Error ? error.message : String(error)));
  return {
    // As with any wire, what is sent before it is open goes nowhere.
    send: (frame) => wire?.send(frame),
    drop: () => {
      isDropped = true;
      wire?.drop();
    },
    receivedBytes: () => wire?.receivedBytes() ?? 0,
  };
};
