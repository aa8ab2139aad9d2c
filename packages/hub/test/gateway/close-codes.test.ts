/** Close frames say the protocol's code as their reason (RFC 6455 §7.4). */
import { ERROR_CODES, isErrorCode } from "pos-shared/protocol/error-codes.ts";
import { expect, test } from "vitest";
import { closeStatusOf, codeOfStatus, isClosingCode } from "../../src/gateway/close-codes.ts";

test("exactly the codes that the protocol calls closing close a connection", () => {
  for (const [code, { connection }] of Object.entries(ERROR_CODES)) {
    expect(isErrorCode(code) && isClosingCode(code), code).toBe(connection === "closes");
  }
});

test("each has a status that a hub may send", () => {
  for (const code of Object.keys(ERROR_CODES)) {
    if (!isErrorCode(code) || !isClosingCode(code)) continue;
    expect(closeStatusOf(code), code).toBeGreaterThanOrEqual(1001);
    expect([1004, 1005, 1006, 1015], code).not.toContain(closeStatusOf(code));
  }
});

test("what ws closes by itself has a reason too", () => {
  expect([1002, 1007, 1008, 1009].map(codeOfStatus)).toEqual([
    "BROKEN_FRAME",
    "BROKEN_FRAME",
    "BROKEN_FRAME",
    "FRAME_TOO_LARGE",
  ]);
  expect(codeOfStatus(1000)).toBeUndefined();
});
