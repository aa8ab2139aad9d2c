import type { Broadcast } from "pos-shared/chain/round/effects.ts";
import type { GatewayLimits } from "../../../src/gateway/gateway-options.ts";
import { startTestHub, type TestHub } from "./test-hub.ts";

export interface LoudHub {
  readonly hub: TestHub;
  /** Pushes a slashing, made to so many bytes by the length of its name. */
  readonly tell: (bytes: number) => void;
}

/** A hub to which a test can give news to tell. */
export async function startLoudHub(limits: Partial<GatewayLimits> = {}): Promise<LoudHub> {
  const listeners: ((news: Broadcast) => void)[] = [];
  const hub = await startTestHub({
    gateway: { limits },
    port: (port) => ({
      ...port,
      onBroadcast: (listener) => {
        listeners.push(listener);
        return port.onBroadcast(listener);
      },
    }),
  });
  const publicKey = "ab".repeat(32);
  return {
    hub,
    tell: (bytes) => {
      const name = "x".repeat(bytes);
      for (const listen of listeners)
        listen({ kind: "slashed", publicKey, name, evidence: "bpm", amount: 1, round: 1 });
    },
  };
}
