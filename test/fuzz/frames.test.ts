/** Whatever is sent, logged in or not, one after the other: a documented code, and the hub goes on (docs/protocol.md). */
import fc from "fast-check";
import { expect, test } from "vitest";
import { CodeCounts } from "../support/code-counts.ts";
import { figure, isLong, tries } from "../support/form.ts";
import { frames } from "../support/fuzz-frames.ts";
import { FuzzWire } from "../support/fuzz-wire.ts";
import { type Hub, startHub } from "../support/hub.ts";
import { heldBytes, metric } from "../support/metrics.ts";
import { Person } from "../support/person.ts";
import { RARE_CODES } from "../support/rare-codes.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const FRAMES = tries(4_000, 100_000);
const CONNECTIONS = 8;
/** Sent at once, and so many by one person, who may be slashed by then. */
const SEQUENCE = fc.array(frames, { minLength: 20, maxLength: 20 });
const SEQUENCES = 6;
/** What a hub may hold more in the last third than in the first, whatever was sent: accounts and what is kept for keys. */
const MAX_GROWTH_BYTES = 16 * 1024 * 1024;

/** Over all tests of this file, in their order. */
const counts = new CodeCounts();

test(`${FRAMES} frames, right, nearly right, signed and random, in sequences over ${CONNECTIONS} connections`, {
  timeout: FRAMES * 20 + 60_000,
}, async () => {
  const args = ["--max-message-rate", "1000000"];
  const hub = await startHub({ home: temporaryHome(), round: "1s", args });
  const memory: number[] = [];
  const fuzzers = Array.from({ length: CONNECTIONS }, (_, i) => new Fuzzer(hub, counts, i % 4 !== 0));
  let taken = 0;
  while (taken < FRAMES) {
    await Promise.all(fuzzers.map((fuzzer) => fuzzer.send(SEQUENCES)));
    const metrics = await hub.metrics();
    taken = metric(metrics, "pos_hub_frames_received_total");
    memory.push(heldBytes(metrics));
  }
  for (const fuzzer of fuzzers) fuzzer.stop();
  expect(counts.undocumented).toEqual([]);
  expect(hub.program.stderr).toBe("");
  expect(hub.events.all("failed")).toEqual([]);
  expect(await hub.get("/healthz")).toMatchObject({ status: "ok" });
  expect(await hub.stop()).toMatchObject({ code: 0, stderr: "" });
  // The least of many samples is what was left after a collection of garbage.
  const third = Math.ceil(memory.length / 3);
  const [warm, last] = [Math.min(...memory.slice(0, third)), Math.min(...memory.slice(-third))];
  figure(
    `fuzz: ${taken} frames taken, ${counts.total} refused, always with a documented code, 0 crashes, memory held ${megabytes(warm)} → ${megabytes(last)}`,
  );
  // A short run has few collections.
  if (isLong) expect(last - warm).toBeLessThan(MAX_GROWTH_BYTES);
});

test.each(Object.entries(RARE_CODES))("deliberately: %s", async (_, drive) => {
  await drive(counts);
});

test("every code of docs/protocol.md has come, and no other", () => {
  figure(`fuzz: every code with its count: ${counts.text}`);
  expect(counts.missing).toEqual([]);
  expect(counts.undocumented).toEqual([]);
});

/** One connection, opened again whenever the hub closes it. */
class Fuzzer {
  readonly #hub: Hub;
  readonly #counts: CodeCounts;
  readonly #logsIn: boolean;
  #wire: FuzzWire | undefined;

  constructor(hub: Hub, counts: CodeCounts, logsIn: boolean) {
    this.#hub = hub;
    this.#counts = counts;
    this.#logsIn = logsIn;
  }

  /** Sends so many sequences as somebody new, each until the hub has dealt with it. */
  async send(sequences: number): Promise<void> {
    const person = new Person();
    this.#wire?.drop();
    this.#wire = undefined;
    for (const sequence of fc.sample(SEQUENCE, sequences)) {
      this.#wire ??= await FuzzWire.open(this.#hub.url, this.#counts, this.#logsIn ? person : undefined);
      for (const frame of sequence) this.#wire.send(frame(this.#wire, person));
      if (!(await this.#wire.settled())) this.#wire = undefined;
    }
  }

  stop(): void {
    this.#wire?.drop();
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
