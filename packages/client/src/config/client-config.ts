import type { Hex } from "pos-shared/encoding/hex.ts";

/** Colours of the screen: for dark and light terminals, and a light one with high contrast for projectors. */
export const THEMES = ["dark", "light", "contrast"] as const;
export type Theme = (typeof THEMES)[number];

/** Where the BPMs of this client's proposals come from. A network's own range is checked once its genesis is known. */
export type BpmPlan =
  /** A person types them, or standard input brings them, a line each. */
  | { readonly kind: "ask" }
  /** `--bpm N`: the same whole number, from 0 up, every round. */
  | { readonly kind: "fixed"; readonly bpm: number }
  /** `--auto-bpm [MIN-MAX]`: a random one every round; null stands for the network's own range. */
  | { readonly kind: "random"; readonly range: { readonly min: number; readonly max: number } | null };

/**
 * Everything that the command line, the environment, `.env` and the settings file say (DESIGN §10), checked and
 * resolved. Facts about the terminal are not in here.
 */
export interface ClientConfig {
  /** The hub's WebSocket address, as in `ws://127.0.0.1:9000`; no slash at the end unless there is a path. */
  readonly hubUrl: string;
  /** `--chain`: the only network that may be joined, or null for any. */
  readonly chainId: Hex | null;
  /** `--stake`: be bonded with so many tokens, 1 to 2^53−1; null leaves the stake as it is. With bots: each of them. */
  readonly stake: number | null;
  /** `--name`, in the alphabet of SPEC §3, or null for the first identity that is free. */
  readonly name: string | null;
  readonly bpm: BpmPlan;
  /** `--bots`: validators without a screen in this process, 1 to 1,000; 0 where this client is one validator. */
  readonly bots: number;
  /** Watch without an identity. Then `stake` is null, `bpm` is to ask, and `bots` is 0. */
  readonly spectate: boolean;
  /** The join token of the hub, a secret. */
  readonly token: string | null;
  /** A hub that cannot be reached is an error instead of something to wait for. */
  readonly once: boolean;
  /** JSON lines instead of plain ones, and instead of a screen. */
  readonly json: boolean;
  /** Lines in place of the screen's frames, for a screen reader; without a terminal there are lines anyway. */
  readonly plain: boolean;
  readonly ascii: boolean;
  /** False with `--no-color` and where `NO_COLOR` is set. */
  readonly color: boolean;
  readonly theme: Theme;
  /** Ring the bell on one's own win and shortly before a round closes without one's proposal. */
  readonly bell: boolean;
  /** The absolute folder of this profile's identities, settings and checkpoints. Perhaps not there yet. */
  readonly homeDir: string;
  /** `verify --full`. */
  readonly full: boolean;
  /** `verify --chain-file`: an exported chain, for evidence that cannot be judged alone. */
  readonly chainFile: string | null;
  /** What `verify` and `compare` read: a file or a URL as given, or null for none. */
  readonly source: string | null;
  /** `blocks FROM-TO` or `blocks INDEX`, both included; null for the whole chain. */
  readonly blockRange: { readonly from: number; readonly to: number } | null;
}
