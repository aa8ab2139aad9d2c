import { existsSync } from "node:fs";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { parseHubUrl } from "../config/hub-url.ts";

/** A file, or a hub by its address. */
export type NamedSource =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "hub"; readonly url: string };

/** What a word on the command line names; an error, in words, where it names nothing. */
export function namedSource(word: string): Result<NamedSource, string> {
  const isUrl = /^(ws|http)s?:\/\//i.test(word);
  if (!isUrl && existsSync(word)) return ok({ kind: "file", path: word });
  const url = parseHubUrl(word);
  if (url.ok && (isUrl || !/[/\\]|\.jsonl?$/.test(word))) return ok({ kind: "hub", url: url.value });
  // A word with a path in it was meant as a file.
  return err(isUrl && !url.ok ? `${word} is no address of a hub: expected ${url.error}` : `there is no file ${word}`);
}
