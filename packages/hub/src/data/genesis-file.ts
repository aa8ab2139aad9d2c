import { readFileSync } from "node:fs";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { type DataFault, reasonOf } from "./data-fault.ts";

/** Parts of a genesis that a file may give. `version`, `createdAt` and `hub` are not for it to say. */
const GIVEN_FIELDS = [
  "network",
  "rule",
  "roundMs",
  "faucet",
  "blockReward",
  "unbondingRounds",
  "activationDelay",
  "bpmMin",
  "bpmMax",
  "params",
  "accounts",
] as const;

/** Values as they came; `openNetwork` checks the genesis that is made of them. */
export type GivenGenesis = Readonly<Partial<Record<(typeof GIVEN_FIELDS)[number], unknown>>>;

/** Reads the file of `--genesis`: a JSON object with any of the fields of SPEC §2 that a network's maker may choose. */
export function readGenesisFile(file: string): Result<GivenGenesis, DataFault> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (thrown) {
    return err({ code: "GENESIS_FILE_UNREADABLE", file, reason: reasonOf(thrown) });
  }
  const wrong = (path: string, expected: string, actual: string): Result<GivenGenesis, DataFault> =>
    err({ code: "GENESIS_FILE_WRONG", file, path, expected, actual });
  let value: unknown;
  try {
    // Some editors put a byte order mark before the text.
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return wrong("", "JSON text", "something else");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return wrong("", "a JSON object", "something else");
  }
  const unknown = Object.keys(value).find((key) => !GIVEN_FIELDS.some((field) => field === key));
  return unknown === undefined ? ok(value) : wrong(unknown, `only ${GIVEN_FIELDS.join(", ")}`, "another key");
}
