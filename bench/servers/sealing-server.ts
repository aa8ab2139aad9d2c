/** The hub on a disk with a gateway, whose rounds close when a row says so. */
import { canonicalize } from "pos-shared/encoding/canonical-json.ts";
import { hashAll } from "../baselines/hash-leaves.ts";
import { serve } from "../run/child.ts";
import { sharedClockMs } from "../run/cpu.ts";
import { type BenchHub, startStoredHub } from "../support/bench-hub.ts";
import { keysOf } from "../support/bench-network.ts";
import { makeDataDirectory } from "../support/data-directory.ts";
import { makeField } from "../support/field.ts";
import { proposeAll } from "../support/seal.ts";

export type Sealing = {
  /** A hub with so many bonded validators; its port. */
  open: (plan: { readonly directory: string; readonly validators: number }) => Promise<number>;
  /** Fills the open round with a proposal of each. */
  fill: (none: null) => Promise<void>;
  /** The round's time has come: the moment, in milliseconds of the clock of all processes. */
  close: (none: null) => Promise<number>;
  /** Hashes the round's leaves once; milliseconds. */
  hash: (none: null) => number;
};

/** Longest wait of a timer. */
const NEVER_MS = 2 ** 31 - 1;

let hub: BenchHub;
let validators = 0;
let texts: string[] = [];

serve({
  open: async (plan) => {
    validators = plan.validators;
    makeDataDirectory(plan.directory, validators);
    hub = startStoredHub(plan.directory);
    hub.sequencer.start();
    const { port } = await hub.openGateway({ heartbeatMs: NEVER_MS, coalesceMs: NEVER_MS });
    return port;
  },
  fill: async () => {
    const field = makeField(hub.network.chainId, hub.slot(), keysOf(0, validators));
    texts = field.map((proposal) => canonicalize(proposal));
    await proposeAll(hub, field);
  },
  close: async () => {
    const startedMs = sharedClockMs();
    await hub.closeRound();
    return startedMs;
  },
  hash: () => {
    const startedMs = performance.now();
    hashAll(texts);
    return performance.now() - startedMs;
  },
} satisfies Sealing);
