import { textFrameOf } from "./frame.ts";
import type { Gate } from "./gate.ts";
import type { PageRequest } from "./page-request.ts";
import type { Session } from "./session.ts";
import { validatorRow } from "./validator-rows.ts";

/** Answers with what may be large. Stored texts go out as they are, between the beginning of a message and its end. */
export function servePage(
  gate: Pick<Gate, "hub" | "sessions" | "blockPages" | "genesisBytes">,
  session: Session,
  request: PageRequest,
): void {
  const { hub, sessions, blockPages, genesisBytes } = gate;
  const { type, id } = request;
  const start = `{"type":"${type === "prove" ? "proofs" : type}","re":${JSON.stringify(id)}`;
  const send = (head: string, texts: Buffer, end: string, written?: () => void): void =>
    session.writePage(textFrameOf([Buffer.from(head), texts, Buffer.from(end)]), written);
  switch (type) {
    case "genesis":
      send(`${start},"genesis":`, genesisBytes, "}");
      return;
    case "blocks": {
      const page = blockPages.read(request.from, request.limit);
      const tip = JSON.stringify(hub.status().tip);
      send(`${start},"blocks":[`, page.text, `],"tip":${tip}}`, page.hold());
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
      send(head, Buffer.from(found.proposals.join(",")), "]}");
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
      send(head, Buffer.from(proofs.join(",")), "]}");
      return;
    }
    case "validators": {
      const { total, validators } = hub.validators(request.from, request.limit);
      const rows = validators.map((facts) => JSON.stringify(validatorRow(facts, sessions)));
      const head = `${start},"total":${total},"validators":[`;
      send(head, Buffer.from(rows.join(",")), "]}");
      return;
    }
  }
}
