/** A hub that stays up: 200 validators from several processes, coming and going; memory flat, no round lost. */
import { expect, test } from "vitest";
import { Chance } from "../support/chance.ts";
import { type Client, startClient } from "../support/client.ts";
import { slashesIn, storyFaults } from "../support/client-story.ts";
import { figure, isLong, percentile, tries } from "../support/form.ts";
import { heldMemory } from "../support/held-memory.ts";
import { startHub } from "../support/hub.ts";
import { metric } from "../support/metrics.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const PROCESSES = 4;
const BOTS = tries(10, 50);
const LASTS_MS = isLong ? Number(process.env.POS_TEST_MINUTES ?? 20) * 60_000 : 12_000;
/** A process leaves and another comes so often. */
const CHANGE_MS = tries(4_000, 20_000);
const SAMPLE_MS = tries(1_000, 5_000);
/** Garbage is collected so often, to see what is held: more rarely than V8 does it by itself (every 80 s or so). */
const COLLECT_MS = LASTS_MS / 8;
/** After the first quarter all validators are there, and V8 has compiled what runs often. */
const SETTLED = 1 / 4;

/*
 * Limits, for 200 validators. Resident memory is the heap that V8 has taken, and all else: the program itself, native
 * memory, buffers. In its heap V8 keeps 1 to 2 MiB for young objects, and lets garbage gather among the old ones until there
 * are half as many more of them. So the heap is judged by what a collection leaves of it, all else as it is.
 */
/** What is left when garbage is collected, in MiB: 20 is usual, 8 of it libsodium's. */
const MAX_HELD_MIB = 32;
/** A leak of 1.2 KiB a round, or of 6 bytes a proposal, is more than this. Compiled code comes and goes by 0.2 MiB. */
const MAX_HELD_SLOPE_MIB_PER_HOUR = 4;
/** Outside of the heap: some MiB of freed memory lie between what is in use, now more, now less. */
const MAX_OUTSIDE_SLOPE_MIB_PER_HOUR = 20;
/** 84 outside of the heap, 2 for young objects, and one and a half times what is held: 106 was seen in all. */
const MAX_RESIDENT_MIB = 144;
/** A slope over less time says nothing. */
const HAS_SLOPE = LASTS_MS >= 10 * 60_000;

const ARGS = ["--bots", `${BOTS}`, "--auto-bpm", "--stake", "50"];

/** Something in MiB, at a time in milliseconds. */
interface Sample {
  readonly atMs: number;
  readonly mib: number;
}

test(`${PROCESSES * BOTS} validators of ${PROCESSES} processes for ${LASTS_MS / 60_000} minutes`, {
  timeout: LASTS_MS + 300_000,
}, async () => {
  const chance = new Chance();
  const memory = heldMemory();
  const hub = await startHub({ home: temporaryHome(), round: "1s", env: memory.env });
  const homes = Array.from({ length: PROCESSES }, () => temporaryHome());
  const running = homes.map((home) => startClient(hub.url, { home, args: ARGS }));
  const ended: Client[] = [];
  await Promise.all(running.map(({ events }) => events.waitFor("winner")));

  const startMs = performance.now();
  const resident: Sample[] = [];
  const outside: Sample[] = [];
  const held: Sample[] = [];
  let changeAtMs = CHANGE_MS;
  let collectAtMs = COLLECT_MS;
  for (;;) {
    const atMs = performance.now() - startMs;
    if (atMs > LASTS_MS) break;
    const metrics = await hub.metrics();
    const residentBytes = metric(metrics, "process_resident_memory_bytes");
    resident.push(inMib(atMs, residentBytes));
    outside.push(inMib(atMs, residentBytes - metric(metrics, "nodejs_heap_size_total_bytes")));
    if (atMs > collectAtMs) {
      collectAtMs += COLLECT_MS;
      held.push(inMib(atMs, await memory.read(hub.program)));
    }
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
  figure(
    `soak: ${((performance.now() - startMs) / 60_000).toFixed(1)} minutes, ${PROCESSES * BOTS} validators of ${PROCESSES} processes, ` +
      `${ended.length} left and came back (seed ${chance.seed}), ${blocks.length} rounds closed, ${lost.length} lost, ` +
      `${percentile(proposals, 50)} proposals a round (p50)`,
  );
  figure(
    `soak: closes late by ${percentile(lateness, 50)} ms (p50), ${percentile(lateness, 99)} ms (p99), ${Math.max(...lateness)} ms (worst)`,
  );
  figure(
    `soak: memory of the hub, after the first quarter: ${rangeOf("held after a collection", held)}; ` +
      `${rangeOf("resident outside of V8's heap", outside)}; ${rangeOf("resident in all", resident)}`,
  );
  expect(slashesIn(blocks)).toEqual([]);
  for (const client of [...ended, ...running]) expect(storyFaults(client, blocks)).toEqual([]);
  // Every round that opened was sealed, each in its turn.
  expect(opened).toEqual(opened.map((_, i) => i + 1));
  expect(lost).toEqual([]);
  expect(hub.program.stderr).toBe("");
  expect(Math.max(...held.map(({ mib }) => mib))).toBeLessThan(MAX_HELD_MIB);
  expect(Math.max(...resident.map(({ mib }) => mib))).toBeLessThan(MAX_RESIDENT_MIB);
  if (HAS_SLOPE) {
    expect(slopePerHour(settled(held))).toBeLessThan(MAX_HELD_SLOPE_MIB_PER_HOUR);
    expect(slopePerHour(settled(outside))).toBeLessThan(MAX_OUTSIDE_SLOPE_MIB_PER_HOUR);
  }
});

function inMib(atMs: number, bytes: number): Sample {
  return { atMs, mib: bytes / 2 ** 20 };
}

function settled(samples: readonly Sample[]): readonly Sample[] {
  return samples.filter(({ atMs }) => atMs >= LASTS_MS * SETTLED);
}

function rangeOf(what: string, samples: readonly Sample[]): string {
  const later = settled(samples);
  const all = later.map(({ mib }) => mib);
  const range = `${what} ${Math.min(...all).toFixed(1)} to ${Math.max(...all).toFixed(1)} MiB`;
  return HAS_SLOPE ? `${range}, slope ${slopePerHour(later).toFixed(1)} MiB an hour` : range;
}

/** Least squares, in MiB an hour. */
function slopePerHour(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [meanMs, meanMib] = [mean(({ atMs }) => atMs), mean(({ mib }) => mib)];
  const covariance = mean(({ atMs, mib }) => (atMs - meanMs) * (mib - meanMib));
  const variance = mean(({ atMs }) => (atMs - meanMs) ** 2);
  return (covariance / variance) * 3_600_000;
}
