import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { Runtime } from "../runtime.ts";
import type { Dial } from "./dial.ts";
import type { Hello, HubChannel } from "./hub-channel.ts";
import { HubLink } from "./hub-link.ts";

export interface HubCall {
  readonly url: string;
  readonly dial: Dial;
  readonly runtime: Runtime;
  /** A hub that cannot be reached is an error instead of something to wait for. */
  readonly once: boolean;
  /** Told of each try that failed. */
  readonly onRetry: (reason: string) => void;
}

/** Runs something over a connection to a hub, without a login. An error, in words, where the hub cannot be reached. */
export function withHub<T>(
  { url, dial, runtime, once, onRetry }: HubCall,
  action: (channel: HubChannel, hello: Hello) => Promise<T>,
): Promise<Result<T, string>> {
  return new Promise((resolve, reject) => {
    const link = new HubLink(
      { url, dial, runtime },
      {
        greet: async (channel, hello) => {
          try {
            resolve(ok(await action(channel, hello)));
          } catch (error) {
            reject(error);
          }
          link.stop();
          return { kind: "ready" };
        },
        heard: () => {},
        changed: (state) => {
          if (state.phase !== "offline") return;
          if (!once) return onRetry(state.reason);
          link.stop();
          resolve(err(`${url} cannot be reached: ${state.reason}`));
        },
      },
    );
    link.start();
  });
}
