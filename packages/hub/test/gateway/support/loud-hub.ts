import type { Broadcast } from "pos-shared/chain/round/effects.ts";
import { startTestHub, type TestHub, type TestHubOptions } from "./test-hub.ts";

export interface LoudHub {
  readonly hub: TestHub;
  readonly tell: (news: Broadcast) => void;
}

/** A hub to which a test can give news to tell. */
export async function startLoudHub(options: TestHubOptions = {}): Promise<LoudHub> {
  const listeners: ((news: Broadcast) => void)[] = [];
  const hub = await startTestHub({
    ...options,
    port: (port) => ({
      ...port,
      onBroadcast: (listener) => {
        listeners.push(listener);
        return port.onBroadcast(listener);
      },
    }),
  });
  return {
    hub,
    tell: (news) => {
      for (const listen of listeners) listen(news);
    },
  };
}

/** A slashing, which is pushed at once, made to so many bytes by the length of its name. */
export function slashing(bytes: number): Broadcast {
  const name = "x".repeat(bytes);
  return { kind: "slashed", publicKey: "ab".repeat(32), name, evidence: "bpm", amount: 1, round: 1 };
}
