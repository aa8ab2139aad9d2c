/** Two things that the hub signed and that cannot both be honest: they stand for themselves (SPEC §7). */
import type { Network } from "pos-shared/chain/network.ts";
import { isHex } from "pos-shared/encoding/hex.ts";
import {
  isSealedBlock,
  isSignedOpening,
  provesTwoBlocks,
  provesTwoOpenings,
} from "pos-shared/evidence/dishonest-hub.ts";
import { sealedHeaderForm } from "pos-shared/model/block.ts";
import { conforms } from "pos-shared/model/form.ts";
import type { Opening } from "pos-shared/model/opening.ts";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { blocksFinding, openingsFinding } from "../alarm.ts";
import { readSealed } from "./chain-before.ts";
import type { EvidenceFile } from "./evidence-file.ts";
import type { Examined } from "./found.ts";

export function examineOpenings(file: EvidenceFile, network: Network): Examined {
  const [first, second, third] = file.held.openings;
  const { genesis, chainId } = network;
  if (first === undefined || second === undefined || third !== undefined) return err("it does not hold two openings");
  if (!provesTwoOpenings(genesis, chainId, first, second)) {
    return err("it does not hold two different openings of one round that the hub signed");
  }
  const index = nextIndexOf(file, first, network);
  if (!index.ok) return index;
  return ok({ kind: "shown", finding: openingsFinding(first, second, index.value), isProven: true });
}

export function examineBlocks({ block, otherBlock, expected }: EvidenceFile, network: Network): Examined {
  const { genesis, chainId } = network;
  if (!conforms(sealedHeaderForm, block)) return err("its block has not the form of one");
  if (otherBlock === null) {
    if (!isSealedBlock(genesis, chainId, block)) return err("the hub did not seal its block");
    if (!isHex(expected, 32) || expected === block.hash) return err("it names no other block");
    const finding = blocksFinding(block.index, expected, block.hash);
    return ok({ kind: "shown", finding, isProven: false });
  }
  if (!provesTwoBlocks(genesis, chainId, otherBlock, block)) {
    return err("it does not hold two different blocks of one index that the hub sealed");
  }
  return ok({ kind: "shown", finding: blocksFinding(block.index, otherBlock.hash, block.hash), isProven: true });
}

/** The index of the block that would follow an opening's tip, where the file has that tip; else 0. */
export function nextIndexOf({ before }: EvidenceFile, opening: Opening, network: Network): Result<number, string> {
  if (!isSignedOpening(network.genesis, network.chainId, opening)) return err("the hub did not sign an opening in it");
  if (before === null) return ok(opening.prevHash === network.chainId ? 1 : 0);
  const header = readSealed(before, network);
  if (header === undefined) return err("the hub did not seal the block before");
  return header.hash === opening.prevHash ? ok(header.index + 1) : err("its opening is not on the block before");
}
