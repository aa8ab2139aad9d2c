import { speedUpVrf } from "pos-shared/crypto/vrf.ts";
import { err, type Result } from "pos-shared/model/result.ts";
import { findGenesisCopyFault } from "../data/genesis-copy.ts";
import { openStoredNetwork, type StoredNetwork } from "../data/stored-network.ts";
import { type VerifyFinding, type VerifyReport, verifyChain } from "../data/verify-chain.ts";
import { CommitMark, findMissing, type Mark } from "../store/commit-mark.ts";
import { StoreError } from "../store/store-error.ts";
import { progressLine, sentenceOfVerifyReport } from "../words/verify.ts";
import type { CommandFault } from "./command-fault.ts";
import { writeOut } from "./output.ts";

/** Progress is drawn anew after so many milliseconds, on a terminal only. */
const PROGRESS_MS = 200;

/** `pos-hub verify`: replays the chain by the rules; a fault where it breaks one. */
export async function verify(directory: string, json: boolean): Promise<CommandFault | undefined> {
  const opened = openStoredNetwork(directory);
  if (!opened.ok) return opened.error;
  const stored = opened.value;
  try {
    const copyFault = findGenesisCopyFault(stored.files.genesis, stored.network.genesis);
    if (copyFault !== undefined) return copyFault;
    // Read first: a hub may go on meanwhile, and the mark is never ahead of the store.
    const mark = new CommitMark(stored.files.mark).read();
    await speedUpVrf();
    const verified = verifyWithProgress(stored, mark);
    if (json) await writeOut(`${JSON.stringify(resultOf(verified))}\n`);
    if (!verified.ok) return { code: "CHAIN_WRONG", finding: verified.error };
    if (!json) await writeOut(`${sentenceOfVerifyReport(verified.value)}\n`);
    return undefined;
  } finally {
    stored.close();
  }
}

function verifyWithProgress(
  { network, reader }: StoredNetwork,
  mark: Mark | undefined,
): Result<VerifyReport, VerifyFinding> {
  const progress = createProgress();
  try {
    const verified = verifyChain(network, reader, progress.show);
    if (!verified.ok) return verified;
    const missing = findMissing(mark, { commits: reader.readCommits(), index: reader.readTip()?.index ?? 0 });
    if (missing === undefined) return verified;
    return err({ kind: "stored", what: missing.what, expected: "to be there", actual: "cut off, or an older copy" });
  } catch (thrown) {
    if (!(thrown instanceof StoreError) || thrown.code !== "STORE_DAMAGED") throw thrown;
    const { what, expected = "readable", actual = "damaged" } = thrown.fault;
    return err({ kind: "stored", what, expected, actual });
  } finally {
    progress.clear();
  }
}

function resultOf(verified: Result<VerifyReport, VerifyFinding>): object {
  return verified.ok ? { ok: true, ...verified.value } : { ok: false, ...verified.error };
}

/** One line on a terminal that is drawn over; nothing elsewhere. */
function createProgress(): { show: (index: number, tipIndex: number) => void; clear: () => void } {
  const { stderr } = process;
  if (!stderr.isTTY) return { show: () => {}, clear: () => {} };
  let shownMs = 0;
  return {
    show: (index, tipIndex) => {
      const nowMs = performance.now();
      if (nowMs - shownMs < PROGRESS_MS) return;
      shownMs = nowMs;
      stderr.write(`\r\u001B[2K${progressLine(index, tipIndex)}`);
    },
    clear: () => void stderr.write("\r\u001B[2K"),
  };
}
