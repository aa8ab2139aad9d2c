import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { Runtime } from "../runtime.ts";
import type { Dial } from "./dial.ts";
import { type Hello, HubChannel } from "./hub-channel.ts";
import { HubClock } from "./hub-clock.ts";

export interface HubCall {
  readonly url: string;
  readonly dial: Dial;
  readonly runtime: Runtime;
}

/**
 * Runs something over a connection to a hub, without a login, and ends the connection. Dials once: what asks and ends has
 * nobody who waits for a hub to come. An error, in words, where no hub says hello there; once one has, the action finds
 * out by its requests that the connection is lost.
 */
export function withHub<T>(
  { url, dial, runtime }: HubCall,
  action: (channel: HubChannel, hello: Hello) => Promise<T>,
): Promise<Result<T, string>> {
  return new Promise((resolve, reject) => {
    let isGreeted = false;
    const channel: HubChannel = new HubChannel(
      { url, dial, runtime, clock: new HubClock() },
      {
        greeted: (hello) => {
          isGreeted = true;
          const acted = action(channel, hello).then((value) => resolve(ok(value)), reject);
          void acted.then(() => channel.drop("done"));
        },
        heard: () => {},
        ended: (reason) => {
          if (!isGreeted) resolve(err(`${url} cannot be reached: ${reason}`));
        },
      },
    );
  });
}
