import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conforms } from "../../src/model/form.ts";
import { decodeHubMessage, decodeRequest, encode, type RequestFault } from "../../src/protocol/codec.ts";
import { type HubMessage, hubMessageForm, pushForms, replyForms } from "../../src/protocol/hub-messages.ts";
import { requestForm, requestForms } from "../../src/protocol/requests.ts";
import { arbitraryOf, nearMissOf } from "../support/arbitrary-of-form.ts";

const RUNS = { numRuns: 1000 };

describe("requests (DESIGN §9)", () => {
  test.each(Object.entries(requestForms))("%s comes through as it was", (_, form) => {
    fc.assert(
      fc.property(arbitraryOf<unknown>(form), (request) => {
        if (!conforms(requestForm, request)) throw new Error("made a request that is none");
        expect(decodeRequest(encode(request))).toEqual({ ok: true, value: request });
      }),
      RUNS,
    );
  });

  test("one that is wrong in one place is refused, and the place is named", () => {
    fc.assert(
      fc.property(nearMissOf(requestForm) ?? fc.constant({ value: null, path: "" }), ({ value, path }) => {
        const decoded = decodeRequest(JSON.stringify(value));
        expect(decoded).toMatchObject({ ok: false, error: { code: "MALFORMED", path } });
      }),
      { numRuns: 5000 },
    );
  });

  test("a refusal names the request where its id could be read, and fits into a reply", () => {
    const anyFrame = fc.oneof(
      (nearMissOf(requestForm) ?? fc.constant({ value: null })).map(({ value }) => JSON.stringify(value)),
      fc.json(),
      fc.string(),
      // Unknown keys that cannot be repeated as they are: long, cut in the middle of a character, half of one.
      fc
        .array(fc.constantFrom("x", "🙂", "\\ud800", "\\udc00"), { minLength: 1, maxLength: 60, size: "max" })
        .map((parts) => `{"type":"ping","id":"1","${parts.join("")}":1}`),
    );
    fc.assert(
      fc.property(anyFrame, (frame) => {
        const decoded = decodeRequest(frame);
        if (decoded.ok) return;
        expect(conforms(replyForms.error, JSON.parse(JSON.stringify(asReply(decoded.error))))).toBe(true);
        const id = idOf(frame);
        if (typeof id === "string" && id.length <= 32 && id.isWellFormed()) expect(decoded.error.re).toBe(id);
        else expect(decoded.error.re).toBeNull();
      }),
      { numRuns: 5000 },
    );
  });
});

describe("messages of the hub (DESIGN §9)", () => {
  const forms = [...Object.entries(replyForms), ...Object.entries(pushForms)];

  test.each(forms)("%s comes through as it was", (_, form) => {
    fc.assert(
      fc.property(arbitraryOf<unknown>(form), (message) => {
        expect(decodeHubMessage(encode(message as HubMessage))).toEqual({ ok: true, value: message });
      }),
      RUNS,
    );
  });

  test.each([
    ["reply", hubMessageForm.reply],
    ["push", hubMessageForm.push],
  ] as const)("a %s that is wrong in one place is refused", (_, form) => {
    fc.assert(
      fc.property(nearMissOf(form) ?? fc.constant({ value: null }), ({ value }) => {
        expect(decodeHubMessage(JSON.stringify(value)).ok).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  test("no frame is an exception", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (frame) => {
        expect(typeof decodeHubMessage(frame).ok).toBe("boolean");
        expect(typeof decodeRequest(frame).ok).toBe("boolean");
      }),
      RUNS,
    );
  });
});

/** A refusal as the hub sends it. */
function asReply({ re, code, path, expected, actual }: RequestFault): unknown {
  const text = (value: string | number | undefined): string | null => (value === undefined ? null : String(value));
  return {
    type: "error",
    re,
    code,
    path: path ?? null,
    expected: text(expected),
    actual: text(actual),
    suggestion: null,
  };
}

function idOf(frame: string): unknown {
  try {
    const value: unknown = JSON.parse(frame);
    return typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
  } catch {
    return undefined;
  }
}
