/** What the screen says when a BPM is refused. */
import type { ErrorCode } from "pos-shared/protocol/error-codes.ts";
import { type ErrorFacts, sentenceOf } from "pos-shared/protocol/sentences.ts";
import { clean } from "../../words/clean.ts";

/** In place of the common sentence, where that speaks of a command line's options, or is too long for a narrow screen. */
const SENTENCES: Partial<Readonly<Record<ErrorCode, string>>> = {
  NOT_BONDED: "Nothing is staked to draw with: press s.",
  NO_OPEN_ROUND: "No round is open. The first stake opens one: press s.",
  UNKNOWN_ACCOUNT: "Not joined yet: wait for the hub.",
  TOMBSTONED: "A slashed identity proposes nothing.",
  STORE_FAILED: "The hub can store nothing just now. Try again later.",
  HUB_RECOVERING: "The hub takes back what it lost. Try again in a moment.",
};

/** A refusal as a sentence that a person at this screen can act on. */
export function refusalOf(fault: ErrorFacts): string {
  return SENTENCES[fault.code] ?? clean(sentenceOf(fault));
}
