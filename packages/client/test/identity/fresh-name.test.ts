// DESIGN §10: a new identity is named after the user, in the alphabet of SPEC §3, at most 16 code points.
import fc from "fast-check";
import { foldName, isName } from "pos-shared/model/name.ts";
import { describe, expect, it } from "vitest";
import { freshName, nameFromUser, numberedName } from "../../src/identity/fresh-name.ts";

describe("a user's name as that of an identity", () => {
  it.each([
    ["anna", "anna"],
    ["Anna Müller", "Anna-Müller"],
    ["DOMAIN\\anna", "DOMAIN-anna"],
    ["jean.o'neil", "jean-o-neil"],
    ["Zoë", "Zoë"],
    ["田中", "田中"],
    ["a-very-long-user-name", "a-very-long-user"],
    ["  anna  ", "anna"],
    ["🙂", "validator"],
    ["", "validator"],
    ["דוד", "validator"],
  ])("%j becomes %s", (user, expected) => {
    expect(nameFromUser(user)).toBe(expected);
  });

  it("is a name, whatever the user is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (user) => isName(nameFromUser(user))),
      { numRuns: 1_000 },
    );
  });
});

describe("a fresh name", () => {
  const taken = (...names: string[]) => new Set(names.map(foldName));

  it("is the wanted one where that is free", () => {
    expect(freshName("anna", taken("bob"))).toBe("anna");
  });

  it("is numbered from 2 where it is not, in any case of its letters", () => {
    expect(freshName("anna", taken("Anna"))).toBe("anna-2");
    expect(freshName("anna", taken("anna", "ANNA-2"))).toBe("anna-3");
  });

  it("goes on counting instead of numbering a number", () => {
    expect(freshName("anna-2", taken("anna-2"))).toBe("anna-3");
  });

  it("is cut so that its number has room", () => {
    expect(freshName("sixteen-letters-", taken("sixteen-letters-"))).toBe("sixteen-letter-2");
    expect(numberedName("bot", 1_000, taken())).toBe("bot-1000");
  });

  it("is always a name, and free", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "B", "-", "2", "é", "田"), minLength: 1, maxLength: 16 });
    fc.assert(
      fc.property(name, fc.array(name), (wanted, others) => {
        const used = taken(wanted, ...others);
        const fresh = freshName(wanted, used);
        return isName(fresh) && !used.has(foldName(fresh));
      }),
      { numRuns: 1_000 },
    );
  });
});
