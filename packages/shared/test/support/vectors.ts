import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/** `shared/vectors` beside the project's top folder. */
const expectedDirectory = fileURLToPath(new URL("../../../../../shared/vectors/", import.meta.url));

/** The folder of test vectors, or undefined where this clone has none beside it. */
const vectorsDirectory: string | undefined = existsSync(expectedDirectory) ? expectedDirectory : undefined;

/**
 * The content of one file of vectors. Its form is the caller's claim: a file that is not like it fails the test.
 *
 * @throws Error if there is no such file.
 */
export function loadVectors<Vectors>(name: string): Vectors {
  if (vectorsDirectory === undefined) throw new Error("the folder of test vectors is absent");
  return JSON.parse(readFileSync(`${vectorsDirectory}${name}`, "utf8"));
}

/**
 * A group of tests over one file of vectors. Where the folder is absent the group is reported as skipped, saying why;
 * in CI (`CI=true`) it fails.
 */
export function describeWithVectors<Vectors>(name: string, body: (vectors: Vectors) => void): void {
  describe(name, () => {
    if (vectorsDirectory !== undefined) return body(loadVectors<Vectors>(name));
    test("has its vectors", ({ skip }) => {
      if (process.env.CI !== "true") skip("skipped: no shared/vectors beside the project's top folder");
      expect.fail("shared/vectors is absent beside the project's top folder, and CI must not skip it");
    });
  });
}
