/** A hub that stays up: 200 validators from several processes, coming and going; memory flat, no round lost. */
import { expect, test } from "vitest";
import { Chance } from "../support/chance.ts";
import { type Client, startClient } from "../support/client.ts";
import { slashesIn, storyFaults } from "../support/client-story.ts";
import { figure, isLong, percentile, tries } from "../support/form.ts";
import { startHub } from "../support/hub.ts";
import { heldBytes, type Metrics, metric } from "../support/metrics.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const PROCESSES = 4;
const BOTS = tries(10, 50);
const LASTS_MS = isLong ? Number(process.env.POS_TEST_MINUTES ?? 20) * 60_000 : 12_000;
/** A process leaves and another comes so often. */
const CHANGE_MS = tries(4_000, 20_000);
const SAMPLE_MS = tries(1_000, 5_000);
/** What a hub holds is flat: a leak of 6 KiB a round, or of 30 bytes a proposal, would be more than this an hour. */
const MAX_SLOPE_MIB_PER_HOUR = 20;
/** What the system gives it goes up and down in steps of some MiB, with garbage and with how it lies in memory. */
const MAX_RESIDENT_MIB = 256;
/** A slope over less time says nothing. */
const LEAST_FOR_SLOPE_MS = 10 * 60_000;

const ARGS = ["--bots", `${BOTS}`, "--auto-bpm", "--stake", "50"];

/** In MiB. */
interface Sample {
  readonly atMs: number;
  /** What the system gives the process. */
  readonly resident: number;
  /** What outlived a collection of garbage, and what is held outside of the heap. */
  readonly held: number;
}

test(`${PROCESSES * BOTS} validators of ${PROCESSES} processes for ${LASTS_MS / 60_000} minutes`, {
  timeout: LASTS_MS + 300_000,
}, async () => {
  const chance = new Chance();
  const hub = await startHub({ home: temporaryHome(), round: "1s" });
  const homes = Array.from({ length: PROCESSES }, () => temporaryHome());
  const running = homes.map((home) => startClient(hub.url, { home, args: ARGS }));
  const ended: Client[] = [];
  await Promise.all(running.map(({ events }) => events.waitFor("winner")));

  const startMs = performance.now();
  const samples: Sample[] = [];
  let changeAtMs = CHANGE_MS;
  for (;;) {
    const atMs = performance.now() - startMs;
    if (atMs > LASTS_MS) break;
    samples.push({ atMs, ...memoryIn(await hub.metrics()) });
    if (atMs > changeAtMs) {
      changeAtMs += CHANGE_MS;
      const place = chance.between(0, PROCESSES - 1);
      const [client, home] = [running[place], homes[place]];
      if (client === undefined || home === undefined) throw new Error("no such client");
      await (chance.next() < 0.5 ? client.program.stop() : client.program.kill());
      ended.push(client);
      running[place] = startClient(hub.url, { home, args: ARGS });
    }
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
  }

  const blocks = await hub.blocks();
  const opened = hub.events.all("round").map(({ round }) => round);
  const sealed = new Set(blocks.map(({ round }) => round));
  const lost = opened.slice(0, -1).filter((round) => !sealed.has(round));
  const closings = new Map(hub.events.all("round").map(({ round, closesAt }) => [round, Date.parse(closesAt)]));
  const lateness = hub.events
    .all("block")
    .map(({ round, time }) => Date.parse(time) - (closings.get(round) ?? Number.NaN));
  const proposals = blocks.map(({ proposalCount }) => proposalCount);
  const settled = samples.slice(Math.floor(samples.length / 4));
  const [residentSlope, heldSlope] = [slopePerHour(settled, "resident"), slopePerHour(settled, "held")];
  figure(
    `soak: ${((performance.now() - startMs) / 60_000).toFixed(1)} minutes, ${PROCESSES * BOTS} validators of ${PROCESSES} processes, ` +
      `${ended.length} left and came back (seed ${chance.seed}), ${blocks.length} rounds closed, ${lost.length} lost, ` +
      `${percentile(proposals, 50)} proposals a round (p50)`,
  );
  figure(
    `soak: closes late by ${percentile(lateness, 50)} ms (p50), ${percentile(lateness, 99)} ms (p99), ${Math.max(...lateness)} ms (worst)`,
  );
  const of = (kind: "resident" | "held") => settled.map((sample) => sample[kind]);
  figure(
    `soak: memory of the hub, after the first quarter: held ${Math.min(...of("held")).toFixed(0)} to ` +
      `${Math.max(...of("held")).toFixed(0)} MiB, slope ${heldSlope.toFixed(1)} MiB an hour; resident ` +
      `${Math.min(...of("resident")).toFixed(0)} to ${Math.max(...of("resident")).toFixed(0)} MiB, slope ${residentSlope.toFixed(1)}`,
  );
  expect(slashesIn(blocks)).toEqual([]);
  for (const client of [...ended, ...running]) expect(storyFaults(client, blocks)).toEqual([]);
  // Every round that opened was sealed, each in its turn.
  expect(opened).toEqual(opened.map((_, i) => i + 1));
  expect(lost).toEqual([]);
  expect(hub.program.stderr).toBe("");
  expect(Math.max(...of("resident"))).toBeLessThan(MAX_RESIDENT_MIB);
  if (LASTS_MS >= LEAST_FOR_SLOPE_MS) expect(heldSlope).toBeLessThan(MAX_SLOPE_MIB_PER_HOUR);
});

function memoryIn(metrics: Metrics): { readonly resident: number; readonly held: number } {
  return { resident: metric(metrics, "process_resident_memory_bytes") / 2 ** 20, held: heldBytes(metrics) / 2 ** 20 };
}

/** Least squares, in MiB an hour. */
function slopePerHour(samples: readonly Sample[], kind: "resident" | "held"): number {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [meanMs, meanMib] = [mean(({ atMs }) => atMs), mean((sample) => sample[kind])];
  const covariance = mean((sample) => (sample.atMs - meanMs) * (sample[kind] - meanMib));
  const variance = mean(({ atMs }) => (atMs - meanMs) ** 2);
  return (covariance / variance) * 3_600_000;
}
