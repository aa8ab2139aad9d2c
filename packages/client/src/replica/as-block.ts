import { type Block, blockForm } from "pos-shared/model/block.ts";
import { hasCanonicalForm } from "pos-shared/model/canonical.ts";
import { conforms } from "pos-shared/model/form.ts";

/** What came as a block, if it has the form of one and can be hashed (SPEC §1); nothing else of it is checked. */
export function asBlock(value: unknown): Block | undefined {
  return conforms(blockForm, value) && hasCanonicalForm(value) ? (value as Block) : undefined;
}
