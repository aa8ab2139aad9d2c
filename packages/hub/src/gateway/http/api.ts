/** The read-only API (DESIGN §9). Stored texts are sent as they are. */
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { MAX_PAGE_BLOCKS, MAX_PAGE_PROPOSALS, MAX_PAGE_VALIDATORS } from "pos-shared/protocol/limits.ts";
import type { HubPort } from "../../sequencer/hub-port.ts";
import type { Gate } from "../gate.ts";
import type { Sessions } from "../sessions.ts";
import { validatorRow } from "../validator-rows.ts";
import type { HttpAnswer } from "./http-answer.ts";
import type { HttpFault } from "./http-errors.ts";
import { readInteger, readPageQuery } from "./query.ts";

type Pages = Pick<Gate, "hub" | "blockPages">;
type Answered = Result<HttpAnswer, HttpFault>;

export function getStatus(hub: HubPort): HttpAnswer {
  const { network, chainId, rule, round, phase, opening, tip, validators, stake } = hub.status();
  const closesAt = opening?.closesAt ?? null;
  const { index, hash } = tip;
  return json(JSON.stringify({ network, chainId, rule, round, phase, closesAt, index, tip: hash, validators, stake }));
}

export function getGenesis(genesisBytes: Buffer): HttpAnswer {
  return { type: "json", body: { bytes: [genesisBytes] } };
}

/** A page of the chain, ascending, from 1; the hub may send fewer than asked for, so that a page stays near 1 MiB. */
export function getBlocks({ hub, blockPages }: Pages, query: URLSearchParams): Answered {
  const page = readPageQuery(query, 1, MAX_PAGE_BLOCKS);
  if (!page.ok) return page;
  const found = blockPages.read(page.value.from, page.value.limit);
  const end = `],"tip":${JSON.stringify(hub.status().tip)}}`;
  const bytes = [Buffer.from('{"blocks":['), found.text, Buffer.from(end)];
  return ok({ type: "json", body: { bytes, letGo: found.hold() } });
}

export function getBlock({ hub, blockPages }: Pages, indexText: string): Answered {
  const index = readInteger("index", indexText, 0);
  if (!index.ok) return index;
  if (index.value === 0) return err({ code: "NOT_FOUND", message: "Index 0 is genesis: /api/genesis." });
  if (index.value > hub.status().tip.index) {
    return err({ code: "NOT_FOUND", message: `There is no block ${index.value}.` });
  }
  const found = blockPages.read(index.value, 1);
  return ok({ type: "json", body: { bytes: [found.text], letGo: found.hold() } });
}

/** All proposals of a block's round, by ascending public key. */
export function getProposals(hub: HubPort, indexText: string): Answered {
  const index = readInteger("index", indexText, 1);
  if (!index.ok) return index;
  const first = hub.readProposals(index.value, 0, MAX_PAGE_PROPOSALS);
  if (first === "NOT_FOUND") return err({ code: "NOT_FOUND", message: `There is no block ${index.value}.` });
  if (first === "PRUNED") return err({ code: "PRUNED" });
  return ok({ type: "json", body: proposalTexts(hub, index.value) });
}

/** Page by page, so that 100,000 proposals are never in memory at once. */
function* proposalTexts(hub: HubPort, index: number): Generator<string> {
  yield '{"proposals":[';
  for (let from = 0; ; from += MAX_PAGE_PROPOSALS) {
    const page = hub.readProposals(index, from, MAX_PAGE_PROPOSALS);
    // Pruned while it was being read: the text ends without its end, which no reader takes for whole.
    if (typeof page === "string" || page.proposals.length === 0) break;
    yield `${from === 0 ? "" : ","}${page.proposals.join(",")}`;
  }
  yield "]}";
}

/** Every account, waiting transactions counted, most bonded first. */
export function getValidators(hub: HubPort, sessions: Sessions, query: URLSearchParams): Answered {
  const page = readPageQuery(query, 0, MAX_PAGE_VALIDATORS);
  if (!page.ok) return page;
  const { total, validators } = hub.validators(page.value.from, page.value.limit);
  return ok(json(JSON.stringify({ validators: validators.map((facts) => validatorRow(facts, sessions)), total })));
}

function json(body: string): HttpAnswer {
  return { type: "json", body };
}
