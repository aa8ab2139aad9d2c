import type { ErrorFacts } from "pos-shared/protocol/sentences.ts";

/** Why a request has no answer of its kind: the hub refused it, or the connection or the hub's patience ended first. */
export type RequestFailure =
  | { readonly kind: "refused"; readonly fault: ErrorFacts }
  /** Whether the hub did what was asked is not known. */
  | { readonly kind: "lost"; readonly reason: string };
