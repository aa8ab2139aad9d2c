import type { Theme } from "../config/client-config.ts";

export interface ScreenOptions {
  /** Only ASCII characters besides those of names. */
  readonly ascii: boolean;
  /** False: no colours (`--no-color`, `NO_COLOR`). */
  readonly color: boolean;
  readonly theme: Theme;
  /** Watch without an identity. */
  readonly spectate: boolean;
  /** Open the staking form once there is a balance, as no stake was given. */
  readonly asksForStake: boolean;
  /** One line in each pane says what it is: the first time on this machine. */
  readonly showsHints: boolean;
  /** Bell and notices of the terminal: on one's own win, and five seconds before a round closes without one's BPM. */
  readonly bell: boolean;
  /** Lines instead of frames, for a screen reader. */
  readonly screenReader: boolean;
  readonly stdin?: NodeJS.ReadStream;
  readonly stdout?: NodeJS.WriteStream;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}
