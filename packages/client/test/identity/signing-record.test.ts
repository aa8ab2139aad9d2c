// DESIGN §7: what a key signed for which round is on the disk, synced, before it is sent; so nothing is signed twice.
import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createSigningRecord, SigningRecord } from "../../src/identity/signing-record.ts";
import { codeOf, granted, signedEntry } from "../support/identities.ts";
import { temporaryHome } from "../support/temporary-home.ts";

const KEEP = 100;

function newRecordFile(): string {
  const file = join(temporaryHome(), "signed.jsonl");
  createSigningRecord(file);
  return file;
}

function open(file: string, keep = KEEP): SigningRecord {
  return granted(SigningRecord.open(file, keep));
}

function sign(record: SigningRecord, round: number, bpm = 72): string {
  const { slot, leaf, proposal } = signedEntry(round, bpm);
  return codeOf(record.record(slot, leaf, proposal));
}

describe("a signing record", () => {
  it("remembers what was signed for a slot, also after a restart", () => {
    const file = newRecordFile();
    const record = open(file);
    expect(sign(record, 12)).toBe("ok");
    const entry = signedEntry(12);
    expect(record.find("proposal/12")).toEqual(entry);
    expect(open(file).find("proposal/12")).toEqual(entry);
    expect(open(file).find("proposal/13")).toBeUndefined();
  });

  it("has it on the disk when it answers", () => {
    const file = newRecordFile();
    sign(open(file), 12);
    expect(readFileSync(file, "utf8")).toContain(JSON.stringify(signedEntry(12)));
  });

  it("takes the same again, and adds nothing", () => {
    const file = newRecordFile();
    const record = open(file);
    sign(record, 12);
    const { size } = statSync(file);
    expect(sign(record, 12)).toBe("ok");
    expect(sign(open(file), 12)).toBe("ok");
    expect(statSync(file).size).toBe(size);
  });

  it("refuses something else for the slot, also after a restart, and names what was signed", () => {
    const file = newRecordFile();
    const record = open(file);
    sign(record, 12, 72);
    const { slot, leaf, proposal } = signedEntry(12, 73);
    const error = { code: "ALREADY_SIGNED", slot, leaf: signedEntry(12, 72).leaf };
    expect(record.record(slot, leaf, proposal)).toEqual({ ok: false, error });
    expect(open(file).record(slot, leaf, proposal)).toEqual({ ok: false, error });
  });

  it("throws where the leaf is not that of the proposal, for that is a defect", () => {
    const { slot, proposal } = signedEntry(12);
    expect(() => open(newRecordFile()).record(slot, signedEntry(13).leaf, proposal)).toThrow(RangeError);
  });

  it("keeps the newest slots, and refuses those that it forgot", () => {
    const file = newRecordFile();
    const record = open(file, 8);
    for (let round = 1; round <= 40; round++) expect(sign(record, round)).toBe("ok");
    for (const each of [record, open(file, 8)]) {
      for (let round = 33; round <= 40; round++) expect(each.find(`proposal/${round}`)).toEqual(signedEntry(round));
      expect(each.find("proposal/1")).toBeUndefined();
      expect(sign(each, 1, 72)).toBe("SLOT_FORGOTTEN");
      expect(sign(each, 1, 99)).toBe("SLOT_FORGOTTEN");
    }
    expect(readFileSync(file, "utf8").split("\n").length).toBeLessThan(15);
  });

  it("cannot be opened where the file is missing, for then nothing is known", () => {
    const file = newRecordFile();
    rmSync(file);
    expect(codeOf(SigningRecord.open(file, KEEP))).toBe("IDENTITY_DAMAGED");
  });

  it("refuses to write once somebody else has written", () => {
    const file = newRecordFile();
    const [one, other] = [open(file), open(file)];
    expect(sign(one, 12, 72)).toBe("ok");
    expect(sign(other, 12, 73)).toBe("IDENTITY_DAMAGED");
    expect(sign(other, 13)).toBe("IDENTITY_DAMAGED");
    expect(sign(one, 13)).toBe("ok");
  });
});

describe("a signing record after a crash", () => {
  /** Three slots that were reported as recorded, and where the line of each ends. */
  function recordedFile() {
    const file = newRecordFile();
    const record = open(file);
    const ends = [9, 10, 11].map((round) => {
      sign(record, round);
      return { round, end: statSync(file).size };
    });
    return { file, content: readFileSync(file), ends, headerEnd: readFileSync(file).indexOf("\n") + 1 };
  }

  it("cut off at any byte, keeps each slot that is whole and never signs another thing for any", () => {
    const { file, content, ends, headerEnd } = recordedFile();
    for (let cut = 0; cut < content.length; cut++) {
      writeFileSync(file, content.subarray(0, cut));
      const opened = SigningRecord.open(file, KEEP);
      if (cut < headerEnd) {
        expect(codeOf(opened), `cut at ${cut}`).toBe("IDENTITY_DAMAGED");
        continue;
      }
      const record = granted(opened);
      for (const { round, end } of ends) {
        // The line break alone carries nothing.
        const isWhole = end - 1 <= cut;
        const isGone = cut <= (ends.find((each) => each.round === round - 1)?.end ?? headerEnd);
        if (isWhole) expect(record.find(`proposal/${round}`), `cut at ${cut}`).toEqual(signedEntry(round));
        // Of a slot that left no trace nothing was ever reported, nor sent.
        if (isWhole || !isGone) {
          expect(sign(record, round, 99), `round ${round} cut at ${cut}`).not.toBe("ok");
          expect(sign(open(file), round, 99), `round ${round} cut at ${cut}`).not.toBe("ok");
        }
      }
      expect(sign(record, 12), `cut at ${cut}`).toBe("ok");
      expect(sign(open(file), 12, 99), `cut at ${cut}`).toBe("ALREADY_SIGNED");
    }
  });

  it("says that a slot is in doubt whose line is not whole, and goes on with the next", () => {
    const { file, content } = recordedFile();
    writeFileSync(file, content.subarray(0, content.length - 100));
    const record = open(file);
    expect(record.find("proposal/11")).toBeUndefined();
    expect(sign(record, 11)).toBe("SLOT_IN_DOUBT");
    expect(sign(record, 12)).toBe("ok");
    expect(sign(open(file), 11)).toBe("SLOT_IN_DOUBT");
  });

  it("loses one round at most where even the slot is cut", () => {
    const { file } = recordedFile();
    appendFileSync(file, '{"slot":"proposal/1');
    const record = open(file);
    expect(sign(record, 12)).toBe("SLOT_IN_DOUBT");
    expect(sign(record, 13)).toBe("ok");
    const restarted = open(file);
    expect(sign(restarted, 12)).toBe("SLOT_IN_DOUBT");
    expect(sign(restarted, 14)).toBe("ok");
  });

  it("takes zeros at the end, as a file system may leave them, for a line that was cut off", () => {
    const { file } = recordedFile();
    appendFileSync(file, "\0".repeat(300));
    const record = open(file);
    expect(sign(record, 12)).toBe("SLOT_IN_DOUBT");
    expect(sign(record, 13)).toBe("ok");
    expect(record.find("proposal/11")).toEqual(signedEntry(11));
  });

  it("refuses a file that is damaged in its middle, which no crash does", () => {
    const { file, content, ends } = recordedFile();
    const middle = ends[0]?.end ?? 0;
    const damaged = Buffer.from(content);
    damaged[middle + 3] = 0;
    writeFileSync(file, damaged);
    expect(SigningRecord.open(file, KEEP)).toEqual({
      ok: false,
      error: { code: "IDENTITY_DAMAGED", file, reason: "its line 3 is unreadable" },
    });
  });

  it("refuses a file with two leaves for one slot", () => {
    const { file } = recordedFile();
    appendFileSync(file, `${JSON.stringify(signedEntry(10, 99))}\n`);
    expect(codeOf(SigningRecord.open(file, KEEP))).toBe("IDENTITY_DAMAGED");
  });
});
