/** An exported chain: JSON lines, `{ "genesis": … }` first, then a block a line, with its `proposals` or without. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import type { BlockSource } from "./block-source.ts";
import { inCanonicalForm } from "./in-canonical-form.ts";
import type { ServedBlock } from "./served-block.ts";

/** A genesis with the accounts of the largest network fits in. */
const MAX_GENESIS_BYTES = 128 * 2 ** 20;

/** The lines of a file that are not empty, with their numbers. @throws the file system's errors */
async function* readLines(
  path: string,
  bytes = Number.POSITIVE_INFINITY,
): AsyncGenerator<{ readonly text: string; readonly number: number }> {
  let number = 0;
  const input = createReadStream(path, { end: bytes - 1 });
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() !== "") yield { text, number };
  }
}

/** The genesis in a file's first line; undefined where that is no exported chain. @throws the file system's errors */
export async function readGenesisLine(path: string): Promise<{ readonly genesis: unknown } | undefined> {
  // What goes on without an end is none, and is not read to it.
  for await (const { text } of readLines(path, MAX_GENESIS_BYTES)) {
    const first = parse(text);
    return isObject(first) && "genesis" in first && !("kind" in first) ? { genesis: first.genesis } : undefined;
  }
  return undefined;
}

/** The blocks of a file. @throws the file system's errors */
export async function* readBlockLines(path: string): AsyncGenerator<Result<ServedBlock, string>> {
  let isFirst = true;
  for await (const { text, number } of readLines(path)) {
    if (isFirst) {
      isFirst = false;
      continue;
    }
    const parsed = parse(text);
    if (parsed === undefined) {
      yield err(`line ${number} is no JSON; the file may be cut off`);
      return;
    }
    yield ok(asServed(parsed));
  }
}

/** Looks older blocks up by reading the file again: evidence that needs one is rare. */
export function fileSource(path: string): BlockSource {
  const none = async () => err({ kind: "lost", reason: "a file serves blocks only" } as const);
  return {
    blocks: async (from, limit) => {
      const found: unknown[] = [];
      let index = 0;
      for await (const served of readBlockLines(path)) {
        index += 1;
        if (index >= from && served.ok) found.push(served.value.block);
        if (found.length >= limit) break;
      }
      return ok(found);
    },
    proposals: none,
    prove: none,
  };
}

function asServed(line: unknown): ServedBlock {
  if (!isObject(line) || !("proposals" in line)) return { block: line, proposals: undefined };
  const { proposals, ...block } = line;
  // What is no list, or cannot be handed on, fails as the proposals that it is not.
  return { block, proposals: (Array.isArray(proposals) ? proposals : [proposals]).map(inCanonicalForm) };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
