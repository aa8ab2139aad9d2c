/** What a hub counts, by the metric's name with its labels, as in `pos_hub_refused_total{code="TOO_SLOW"}`. */
export type Metrics = ReadonlyMap<string, number>;

export async function readMetrics(http: string): Promise<Metrics> {
  const text = await (await fetch(`${http}/metrics`)).text();
  const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    samples.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))] as const;
    }),
  );
}

/** A metric that must be there. */
export function metric(metrics: Metrics, name: string): number {
  const value = metrics.get(name);
  if (value === undefined) throw new Error(`the hub does not count ${name}`);
  return value;
}

/** How often the hub refused something with a code. */
export function refusals(metrics: Metrics, code: string): number {
  return metrics.get(`pos_hub_refused_total{code="${code}"}`) ?? 0;
}

/**
 * About what a hub's process holds, in bytes: what has grown old in its heap, with the garbage there that was not yet
 * collected, and what lies outside of it. `held-memory.ts` tells it exactly.
 */
export function heldBytes(metrics: Metrics): number {
  const heap = ["old", "large_object"].map((space) =>
    metric(metrics, `nodejs_heap_space_size_used_bytes{space="${space}"}`),
  );
  return heap.reduce((sum, part) => sum + part, metric(metrics, "nodejs_external_memory_bytes"));
}
