import { describe, expect, test } from "vitest";
import { ERROR_CODES, type ErrorCode, isErrorCode } from "../../src/protocol/error-codes.ts";
import { sentenceOf } from "../../src/protocol/sentences.ts";

const codes = Object.keys(ERROR_CODES).filter(isErrorCode);

describe("every code of the protocol (DESIGN §9)", () => {
  test.each(codes)(
    "%s has a meaning, and a sentence for a person, with its evidence and without",
    (code: ErrorCode) => {
      expect(ERROR_CODES[code].meaning).toMatch(/^[A-Z].*\.$/);
      const facts = { path: "amount", expected: "at most 40", actual: 41, suggestion: "anna-2" };
      for (const given of [{}, { path: null, expected: null, actual: null, suggestion: null }, facts]) {
        const sentence = sentenceOf({ code, ...given });
        expect(sentence).toMatch(/^\S.*[.!]$/);
        expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
      }
    },
  );

  test("no other word is one", () => {
    for (const word of ["", "constructor", "toString", "__proto__", "not_json"]) expect(isErrorCode(word)).toBe(false);
  });
});
