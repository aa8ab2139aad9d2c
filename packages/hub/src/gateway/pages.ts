import { firstFragment, lastFragment, middleFragment } from "./frame.ts";
import type { Gate } from "./gate.ts";
import type { PageRequest } from "./page-request.ts";
import type { Session } from "./session.ts";
import { validatorRow } from "./validator-rows.ts";

/**
 * Answers with what may be large. Stored texts go out as they are: the message comes in three fragments (RFC 6455
 * §5.4), of which the middle one is theirs.
 */
export function servePage(
  gate: Pick<Gate, "hub" | "sessions" | "blockPages" | "genesisFragment">,
  session: Session,
  request: PageRequest,
): void {
  const { hub, sessions, blockPages, genesisFragment } = gate;
  const { type, id } = request;
  const start = `{"type":"${type === "prove" ? "proofs" : type}","re":${JSON.stringify(id)}`;
  switch (type) {
    case "genesis":
      session.writePage([firstFragment(`${start},"genesis":`), genesisFragment, lastFragment("}")]);
      return;
    case "blocks": {
      const fragment = blockPages.fragment(request.from, request.limit);
      const tip = JSON.stringify(hub.status().tip);
      session.writePage([firstFragment(`${start},"blocks":[`), fragment, lastFragment(`],"tip":${tip}}`)]);
      return;
    }
    case "proposals": {
      const { index, from, limit } = request;
      const found = hub.readProposals(index, from, limit);
      if (typeof found === "string") {
        session.refuse(id, { code: found, actual: `block ${index}` });
        return;
      }
      const head = `${start},"index":${index},"total":${found.total},"proposals":[`;
      session.writePage([firstFragment(head), middleFragment(found.proposals.join(",")), lastFragment("]}")]);
      return;
    }
    case "prove": {
      const { index, positions, publicKey } = request;
      const found = hub.prove(index, positions, publicKey);
      if (typeof found === "string") {
        session.refuse(id, { code: found, actual: `block ${index}` });
        return;
      }
      const proofs = found.proofs.map(
        ({ position, proposal, path }) =>
          `{"position":${position},"proposal":${proposal},"path":${JSON.stringify(path)}}`,
      );
      const head = `${start},"index":${index},"total":${found.total},"proofs":[`;
      session.writePage([firstFragment(head), middleFragment(proofs.join(",")), lastFragment("]}")]);
      return;
    }
    case "validators": {
      const { total, validators } = hub.validators(request.from, request.limit);
      const rows = validators.map((facts) => JSON.stringify(validatorRow(facts, sessions)));
      const head = `${start},"total":${total},"validators":[`;
      session.writePage([firstFragment(head), middleFragment(rows.join(",")), lastFragment("]}")]);
      return;
    }
  }
}
