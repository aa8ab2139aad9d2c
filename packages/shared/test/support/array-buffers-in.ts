/**
 * Every ArrayBuffer that a plain value reaches through its properties. A small Buffer mostly is a view of a slab that Node
 * shares among many (64 KiB in Node 24): who keeps one of 32 bytes keeps all of its slab.
 */
export function arrayBuffersIn(value: unknown): ReadonlySet<ArrayBufferLike> {
  const buffers = new Set<ArrayBufferLike>();
  const seen = new Set<object>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    if (ArrayBuffer.isView(next)) buffers.add(next.buffer);
    else if (next instanceof ArrayBuffer || next instanceof SharedArrayBuffer) buffers.add(next);
    else if (next instanceof Map) waiting.push(...next.keys(), ...next.values());
    else waiting.push(...(next instanceof Set ? next : Object.values(next)));
  }
  return buffers;
}
