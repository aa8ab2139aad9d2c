import type { Result } from "pos-shared/model/result.ts";
import type { AlarmFinding } from "../alarm.ts";

/** What the content of an evidence file shows when it is looked at anew. */
export type Found =
  | { readonly kind: "shown"; readonly finding: AlarmFinding; readonly isProven: boolean }
  /** It cannot be judged without the chain up to this block. */
  | { readonly kind: "needsChain"; readonly index: number };

/** An error, in words, where the content does not hold together or shows nothing. */
export type Examined = Result<Found, string>;
