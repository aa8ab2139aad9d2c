import type { RequestOf } from "pos-shared/protocol/requests.ts";

/** Requests whose answers may be large. */
export type PageRequest = RequestOf<"genesis" | "blocks" | "proposals" | "prove" | "validators">;
