import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What the hub counts, for `/metrics` (DESIGN §9). Durations in milliseconds; Prometheus gets seconds. */
export interface Telemetry {
  readonly frameReceived: () => void;
  readonly framesSent: (frames: number) => void;
  /** A request, a handshake or a connection was refused or closed, with the code that its sender was told. */
  readonly refused: (code: string) => void;
  readonly proposalAccepted: () => void;
  readonly transactionAccepted: () => void;
  readonly blockSealed: () => void;
  /** From the first to the last socket of one broadcast. */
  readonly broadcastSent: (durationMs: number) => void;
  /** Records were made durable together. */
  readonly committed: (durationMs: number, records: number) => void;
  /** A round's block is durable (or its end without one), so long after its announced close. */
  readonly roundClosed: (latenessMs: number) => void;
  /** A number that is read when somebody asks for it. */
  readonly watch: (name: string, help: string, read: () => number) => void;
  /** Everything in the text format of Prometheus, version 0.0.4. */
  readonly expose: () => Promise<string>;
}

const MILLISECONDS = 1_000;
/** From a tenth of a millisecond to ten seconds. */
const SECONDS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10];
const SIZES = [1, 2, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000];
/** The event loop's lag is sampled so often; finer sampling wakes an idle hub for nothing. */
const LAG_SAMPLE_MS = 100;

/** A registry of its own, so that several hubs in one process (as in tests) count apart. */
export function createTelemetry(): Telemetry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_SAMPLE_MS });

  const counter = (name: string, help: string) => new Counter({ name: `pos_hub_${name}`, help, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `pos_hub_${name}`, help, buckets, registers });

  const framesReceived = counter("frames_received_total", "Frames that clients sent");
  const framesSent = counter("frames_sent_total", "Frames sent to clients");
  const refused = new Counter({
    name: "pos_hub_refused_total",
    help: "Requests, handshakes and connections refused or closed, by code",
    labelNames: ["code"],
    registers,
  });
  const proposals = counter("proposals_total", "Proposals accepted");
  const transactions = counter("transactions_total", "Transactions accepted");
  const blocks = counter("blocks_total", "Blocks sealed");
  const broadcast = histogram("broadcast_seconds", "From the first to the last socket of a broadcast", SECONDS);
  const commit = histogram("commit_seconds", "To make records durable", SECONDS);
  const commitRecords = histogram("commit_records", "Records made durable together", SIZES);
  const lateness = histogram("close_lateness_seconds", "From a round's announced close to its durable end", SECONDS);

  return {
    frameReceived: () => framesReceived.inc(),
    framesSent: (frames) => framesSent.inc(frames),
    refused: (code) => refused.inc({ code }),
    proposalAccepted: () => proposals.inc(),
    transactionAccepted: () => transactions.inc(),
    blockSealed: () => blocks.inc(),
    broadcastSent: (durationMs) => broadcast.observe(durationMs / MILLISECONDS),
    committed: (durationMs, records) => {
      commit.observe(durationMs / MILLISECONDS);
      commitRecords.observe(records);
    },
    roundClosed: (latenessMs) => lateness.observe(Math.max(0, latenessMs) / MILLISECONDS),
    watch: (name, help, read) => {
      new Gauge({
        name: `pos_hub_${name}`,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    },
    expose: () => registry.metrics(),
  };
}
