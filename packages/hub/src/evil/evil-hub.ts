/** What a cheating hub is made of, beside the honest parts. `docs/threat-model.md` says who catches it, and when. */
import { randomInt } from "node:crypto";
import type { RoundMachine } from "pos-shared/chain/round/machine.ts";
import { leafHash } from "pos-shared/crypto/merkle.ts";
import { type Hex, toHex } from "pos-shared/encoding/hex.ts";
import type { HubPort } from "../sequencer/hub-port.ts";
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

/** @param round the round that is open, or opens next */
export function evilHub(
  modes: readonly EvilMode[],
  round: number,
  onDeed: (mode: EvilMode, round: number) => void,
): EvilHub {
  const fromRound = round + HONEST_ROUNDS + randomInt(SURPRISE_ROUNDS);
  const denied = new Set<Hex>();
  const chance = (n: number): number => (n <= 1 ? 0 : randomInt(n));
  const machine = evilMachine({ modes, fromRound, chance, onDeed, onDenied: (leaf) => denied.add(leaf) });
  return { machine, fromRound, deny: (port) => denyingPort(port, denied) };
}

function denyingPort(port: HubPort, denied: ReadonlySet<Hex>): HubPort {
  const isAdmitted = (text: string): boolean => denied.size === 0 || !denied.has(toHex(leafHash(JSON.parse(text))));
  return {
    ...port,
    // A forked hub meets blocks of its other half and says nothing.
    isAhead: () => false,
    readProposals: (index, from, limit) => {
      const found = port.readProposals(index, from, limit);
      if (typeof found === "string") return found;
      const proposals = found.proposals.filter(isAdmitted);
      return { total: found.total - (found.proposals.length - proposals.length), proposals };
    },
  };
}
