// docs/protocol.md says what the code says: each message, field, object and code, no other, and examples that hold.
import { describe, expect, test } from "vitest";
import { leafHash, verifyInclusion } from "../../src/crypto/merkle.ts";
import { verifySignature } from "../../src/crypto/signature.ts";
import { toHex } from "../../src/encoding/hex.ts";
import { isSealedBlock, isSignedOpening } from "../../src/evidence/dishonest-hub.ts";
import { accountForm } from "../../src/model/account.ts";
import { type Block, blockForm, drawForm } from "../../src/model/block.ts";
import {
  bpmEvidenceForm,
  equivocationEvidenceForm,
  validatorEvidenceForm,
  vrfEvidenceForm,
} from "../../src/model/evidence.ts";
import type { Form } from "../../src/model/form.ts";
import { chainIdOf, checkGenesis, genesisForm } from "../../src/model/genesis.ts";
import { MAX_NESTING, MAX_TRANSACTIONS_PER_ROUND } from "../../src/model/limits.ts";
import { openingForm } from "../../src/model/opening.ts";
import { claimForm, type Proposal, proposalForm, signedProposalForm, unsigned } from "../../src/model/proposal.ts";
import { proposalReceiptForm, transactionReceiptForm } from "../../src/model/receipt.ts";
import { bondForm, joinForm, slashForm, transferForm, unbondForm } from "../../src/model/transaction.ts";
import { decodeHubMessage, decodeRequest } from "../../src/protocol/codec.ts";
import { ERROR_CODES } from "../../src/protocol/error-codes.ts";
import { type HubMessage, pushForms, replyForms, validatorRowForm } from "../../src/protocol/hub-messages.ts";
import * as protocolLimits from "../../src/protocol/limits.ts";
import { type Request, requestForms } from "../../src/protocol/requests.ts";
import { type FieldRow, fieldRows, type NamedForms } from "../support/form-tables.ts";
import { codeOf, fencesOf, readPage, rowsOf, type Section, sectionOf, sectionsUnder } from "../support/markdown.ts";

const page = readPage("docs/protocol.md");

/** Each object that has a heading of its own. */
const OBJECTS: Readonly<Record<string, Form<unknown>>> = {
  genesis: genesisForm,
  account: accountForm,
  "validator row": validatorRowForm,
  "transaction join": joinForm,
  "transaction bond": bondForm,
  "transaction unbond": unbondForm,
  "transaction transfer": transferForm,
  "transaction slash": slashForm,
  "evidence bpm": bpmEvidenceForm,
  "evidence equivocation": equivocationEvidenceForm,
  "evidence vrf": vrfEvidenceForm,
  proposal: proposalForm,
  "proposal in evidence": signedProposalForm,
  claim: claimForm,
  opening: openingForm,
  "proposal receipt": proposalReceiptForm,
  "transaction receipt": transactionReceiptForm,
  block: blockForm,
  draw: drawForm,
};
const GROUPS = ["transaction", "evidence"];
const NAMED: NamedForms = new Map([
  ...Object.entries(OBJECTS).map(([name, form]) => [form, name] as const),
  [validatorEvidenceForm, "evidence"],
]);

const KINDS = [
  { kind: "request", title: "Requests", forms: requestForms, common: ["type", "id"] },
  { kind: "reply", title: "Replies", forms: replyForms, common: ["type", "re"] },
  { kind: "push", title: "Pushes", forms: pushForms, common: ["type"] },
] as const;

function writtenRows({ body }: Section): FieldRow[] {
  return rowsOf(body).map(([path, form = "", meaning = ""]) => {
    expect(meaning, `the meaning of ${path}`).not.toBe("");
    return { path: codeOf(path), form };
  });
}

describe.each(KINDS)("$title (DESIGN §9)", ({ kind, title, forms, common }) => {
  const names = Object.keys(forms);

  test("all stand there, and no other", () => {
    expect(sectionsUnder(page, title).map((section) => section.title)).toEqual(
      names.map((name) => `\`${name}\` ${kind}`),
    );
  });

  test.each<[string, Form<unknown>]>(Object.entries(forms))(
    "%s has exactly its fields, in their forms",
    (name, form) => {
      const expected = fieldRows(form, NAMED).filter(
        // An error's `re` may be null, which the common one is not.
        (row) => !common.some((field) => field === row.path) || row.form.includes("null"),
      );
      expect(writtenRows(sectionOf(page, `\`${name}\` ${kind}`))).toEqual(expected);
    },
  );

  test.each(names)("%s has an example that decodes", (name) => {
    const message = exampleOf(kind, name);
    expect(message.type).toBe(name);
    expect("re" in message).toBe(kind === "reply");
  });
});

test("every object has exactly its fields, in their forms", () => {
  const sections = sectionsUnder(page, "Objects").filter(({ title }) => !GROUPS.includes(title));
  expect(sections.map(({ title }) => title)).toEqual(Object.keys(OBJECTS));
  for (const section of sections) {
    const form = OBJECTS[section.title];
    if (form !== undefined) expect(writtenRows(section), section.title).toEqual(fieldRows(form, NAMED));
  }
});

test("every error code stands there with its facts, and no other", () => {
  const written = rowsOf(sectionOf(page, "Error codes").body).map(([code, meaning, connection, retry]) => [
    codeOf(code),
    { meaning, connection, retry },
  ]);
  expect(Object.fromEntries(written)).toEqual(ERROR_CODES);
  expect(written).toHaveLength(Object.keys(ERROR_CODES).length);
});

test("every limit of the protocol stands there with its value", () => {
  const written = new Map(rowsOf(sectionOf(page, "Limits").body).map(([_what, limit, name]) => [codeOf(name), limit]));
  const { SUBPROTOCOL, ...numbers } = protocolLimits;
  expect(page).toContain(`Subprotocol \`${SUBPROTOCOL}\``);
  for (const [name, value] of Object.entries({ ...numbers, MAX_NESTING, MAX_TRANSACTIONS_PER_ROUND })) {
    expect(written.get(name), name).toBe(value.toLocaleString("en"));
  }
});

describe("the examples tell one true story", () => {
  const hello = example("push", "hello");
  const { genesis } = example("reply", "genesis");
  const { chainId } = hello;
  const checked = checkGenesis(genesis);
  if (!checked.ok) throw new Error(`the example's genesis is wrong at ${checked.error.path}`);

  test("genesis has the chain id of hello (SPEC §2)", () => {
    expect(chainIdOf(checked.value)).toBe(chainId);
  });

  test("the login's signature holds over the hello's challenge (SPEC §4)", () => {
    const { publicKey, signature } = example("request", "login");
    expect(verifySignature(publicKey, "login", chainId, { challenge: hello.challenge }, signature)).toBe(true);
  });

  test("each reply names its request", () => {
    const replies = Object.keys(replyForms).map((name) => exampleOf("reply", name));
    const requests = Object.keys(requestForms).map((name) => exampleOf("request", name));
    const ids = requests.flatMap((request) => ("id" in request ? [request.id] : []));
    for (const reply of replies) expect(ids).toContain("re" in reply ? reply.re : undefined);
  });

  test("both receipts are the hub's, for what was handed in (SPEC §4)", () => {
    const { proposal } = example("request", "propose");
    const { transaction } = example("request", "transact");
    const accepted = example("reply", "accepted").receipt;
    const receipted = example("reply", "receipted").receipt;
    expect(accepted.leaf).toBe(toHex(leafHash(proposal)));
    expect(receipted.tx).toBe(toHex(leafHash(transaction)));
    for (const receipt of [accepted, receipted]) {
      expect(verifySignature(checked.value.hub, "receipt", chainId, unsigned(receipt), receipt.signature)).toBe(true);
    }
  });

  test("openings and blocks are the hub's, and the proof leads to the block's root (SPEC §6)", () => {
    const { opening } = example("push", "opening");
    expect(isSignedOpening(checked.value, chainId, opening)).toBe(true);
    const { block, lowest } = example("push", "block");
    const sealed = block as Block;
    for (const shown of [sealed, ...example("reply", "blocks").blocks]) {
      expect(isSealedBlock(checked.value, chainId, shown as Block)).toBe(true);
    }
    expect((lowest[0] as Proposal).publicKey).toBe(sealed.proposal?.publicKey);
    const { total, proofs } = example("reply", "proofs");
    expect(proofs.length).toBeGreaterThan(0);
    for (const { position, proposal, path } of proofs) {
      expect(verifyInclusion(leafHash(proposal), position, total, path, sealed.proposalsRoot)).toBe(true);
    }
  });
});

type Kind = (typeof KINDS)[number]["kind"];
type MessageOf<K extends Kind> = K extends "request"
  ? Request
  : K extends "reply"
    ? Extract<HubMessage, { readonly re: unknown }>
    : Exclude<HubMessage, { readonly re: unknown }>;

/** The example frame of a message, decoded. */
function exampleOf(kind: Kind, name: string): Request | HubMessage {
  const [fence, ...more] = fencesOf(sectionOf(page, `\`${name}\` ${kind}`).body);
  if (fence?.language !== "json" || more.length > 0) throw new Error(`${name} does not have one example`);
  const decoded = kind === "request" ? decodeRequest(fence.text) : decodeHubMessage(fence.text);
  if (!decoded.ok) throw new Error(`the example of ${name} does not decode: ${JSON.stringify(decoded.error)}`);
  return decoded.value;
}

/** The same, with the type that its section says. */
function example<K extends Kind, T extends MessageOf<K>["type"]>(kind: K, name: T): Extract<MessageOf<K>, { type: T }> {
  // `exampleOf` checked the form, and a test above the type.
  return exampleOf(kind, name) as Extract<MessageOf<K>, { type: T }>;
}
