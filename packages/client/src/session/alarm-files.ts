import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "pos-shared/model/result.ts";
import { type EvidenceFile, evidenceFileName } from "../replica/evidence/evidence-file.ts";
import { storageFailureOf } from "../words/storage-failures.ts";

/** Writes evidence where its user finds it. Returns its path, or the reason, in words, why there is no file. */
export function writeEvidence(homeDir: string, evidence: EvidenceFile): string {
  const written = keepEvidence(homeDir, evidence);
  return written.ok ? written.value : written.error;
}

/** As `writeEvidence`, for whoever wants to know whether there is a file. */
export function keepEvidence(homeDir: string, evidence: EvidenceFile): Result<string, string> {
  const folder = join(homeDir, "evidence");
  const path = join(folder, evidenceFileName(evidence));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, `${JSON.stringify(evidence, null, 1)}\n`, { mode: 0o600 });
    return ok(path);
  } catch (error) {
    return err(`not written: ${storageFailureOf(error)}`);
  }
}
