import { inclusionProof, leafHash } from "pos-shared/crypto/merkle.ts";
import { type Hex, toHex } from "pos-shared/encoding/hex.ts";
import type { Proposal } from "pos-shared/model/proposal.ts";
import type { HubPort, ProposalsFault } from "../sequencer/hub-port.ts";

/** A proposal that is served, with its leaf. */
interface Served {
  readonly text: string;
  readonly publicKey: Hex;
  readonly leaf: Uint8Array;
}

/** A hub that lies consistently: what it left out of a round it neither shows nor proves. */
export function denyingPort(port: HubPort, denied: ReadonlySet<Hex>): HubPort {
  const served = (index: number): readonly Served[] | ProposalsFault => {
    const found = port.readProposals(index, 0, Number.MAX_SAFE_INTEGER);
    if (typeof found === "string") return found;
    return found.proposals.map(read).filter(({ leaf }) => !denied.has(toHex(leaf)));
  };
  return {
    ...port,
    // A forked hub meets blocks of its other half and says nothing.
    isAhead: () => false,
    readProposals: (index, from, limit) => {
      if (denied.size === 0) return port.readProposals(index, from, limit);
      const shown = served(index);
      if (typeof shown === "string") return shown;
      return { total: shown.length, proposals: shown.slice(from, from + limit).map(({ text }) => text) };
    },
    prove: (index, positions, publicKey) => {
      if (denied.size === 0) return port.prove(index, positions, publicKey);
      const shown = served(index);
      if (typeof shown === "string") return shown;
      const leaves = shown.map(({ leaf }) => leaf);
      const own = publicKey === null ? -1 : shown.findIndex((proposal) => proposal.publicKey === publicKey);
      const wanted = own === -1 ? positions : [own, ...positions];
      const proofs = [...new Set(wanted)].flatMap((position) => {
        const proposal = shown[position];
        return proposal === undefined
          ? []
          : [{ position, proposal: proposal.text, path: inclusionProof(leaves, position) }];
      });
      return { total: shown.length, proofs };
    },
  };
}

function read(text: string): Served {
  // The store holds what the round machine accepted.
  const proposal = JSON.parse(text) as Proposal;
  return { text, publicKey: proposal.publicKey, leaf: leafHash(proposal) };
}
