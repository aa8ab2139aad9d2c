/** What a cheating hub is made of, beside the honest parts. `docs/threat-model.md` says who catches it, and when. */
import type { RoundMachine } from "pos-shared/chain/round/machine.ts";
import type { Hex } from "pos-shared/encoding/hex.ts";
import type { HubPort } from "../sequencer/hub-port.ts";
import { chanceOf } from "./chance.ts";
import { denyingPort } from "./denying-port.ts";
import { evilMachine } from "./evil-machine.ts";
import type { EvilMode } from "./modes.ts";

/** A hub cheats at the earliest so many rounds after its start, and at the latest so many more. */
const HONEST_ROUNDS = 2;
const SURPRISE_ROUNDS = 4;

export interface EvilHub {
  readonly machine: RoundMachine;
  /** The round from which on it cheats. */
  readonly fromRound: number;
  /** The port of a hub that denies what it has dropped and what its other half has sealed. */
  readonly deny: (port: HubPort) => HubPort;
}

export interface EvilPlan {
  readonly modes: readonly EvilMode[];
  /** What is left to chance is the same with the same seed; undefined for any. */
  readonly seed: number | undefined;
  /** The round that is open, or opens next. */
  readonly round: number;
  /** Length of a round in milliseconds. */
  readonly roundMs: number;
}

export function evilHub(
  { modes, seed, round, roundMs }: EvilPlan,
  onDeed: (mode: EvilMode, round: number) => void,
): EvilHub {
  const chance = chanceOf(seed);
  const fromRound = round + HONEST_ROUNDS + chance(SURPRISE_ROUNDS);
  const denied = new Set<Hex>();
  const machine = evilMachine({ modes, fromRound, roundMs, chance, onDeed, onDenied: (leaf) => denied.add(leaf) });
  return { machine, fromRound, deny: (port) => denyingPort(port, denied) };
}
