import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";
import type { Session } from "../session/session.ts";

/** What is asked of a session beyond what a screen asks. */
export interface HeadlessSession extends Session {
  /** The state just now, not only the one that listeners were told of last. */
  readonly readNow: Session["getState"];
  readonly start: () => void;
  /** Resolves once it has joined and staked as it was told to, or it is certain that it will not. */
  readonly whenSettledIn: () => Promise<void>;
  /** Why it has not joined or staked as it was told to; undefined where it has, or was not told to. */
  readonly settlingFault: () => ErrorFacts | undefined;
  /** Resolves with what is wrong, in words, once it is certain that it cannot go on. */
  readonly whenFailed: () => Promise<string>;
}
