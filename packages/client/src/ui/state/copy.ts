import type { Alarm } from "../../session/session.ts";
import { newestOf } from "../chain/chain-window.ts";
import { detailFields } from "../chain/detail-fields.ts";
import { listWindow } from "../lists/position.ts";
import { words } from "../words.ts";
import { type Context, chainSourceOf, shownSession } from "./context.ts";
import { listKeys } from "./movement.ts";
import { type Step, step } from "./step.ts";
import type { UiState } from "./ui-state.ts";

interface Copied {
  readonly what: string;
  readonly text: string;
}

/** Copies the path of the evidence while an alarm stands, else what is selected, and says what that was. */
export function copySelected(ui: UiState, context: Context): Step {
  const alarm = ui.mode.kind === "main" ? context.session.alarms[ui.acknowledgedAlarms] : undefined;
  return alarm === undefined ? copyValue(ui, context) : copyEvidence(ui, alarm);
}

/** It stands there to be read, so that it is not told again. */
function copyEvidence(ui: UiState, { evidenceFile, isUnwritten }: Alarm): Step {
  return isUnwritten
    ? step({ ...ui, note: { text: words.copy.noEvidence, tone: "warn" } })
    : step({ ...ui, note: { text: words.copy.evidence, tone: "good" } }, { type: "copy", text: evidenceFile });
}

function copyValue(ui: UiState, context: Context): Step {
  const copied = selectedValue(ui, context);
  if (copied === null) return step({ ...ui, note: { text: words.copy.nothing, tone: "warn" } });
  return step(
    { ...ui, note: { text: words.copy.done(copied.what, copied.text), tone: "good" } },
    { type: "copy", text: copied.text },
  );
}

function selectedValue(ui: UiState, context: Context): Copied | null {
  const { mode } = ui;
  if (mode.kind === "block" || mode.kind === "verify") {
    const field = detailFields(mode.kind, ui.openBlock, context.session)[mode.selected];
    return field === undefined ? null : { what: field.label, text: field.value };
  }
  const { validators } = shownSession(ui, context.session);
  if (mode.kind === "validator") return addressOf(validators, mode.publicKey);
  if (ui.pane === "chain") return blockHash(ui, context);
  const keys = listKeys(ui.pane, ui, shownSession(ui, context.session));
  const key = keys[listWindow(keys, ui.lists[ui.pane], 1).selected];
  if (key === undefined) return null;
  // A log line's key is its time, its text and a counter.
  return ui.pane === "log"
    ? { what: words.copy.line, text: key.split(" ").slice(1, -1).join(" ") }
    : addressOf(validators, key);
}

function addressOf(
  validators: readonly { publicKey: string; address: string; name: string }[],
  publicKey: string,
): Copied {
  const found = validators.find((each) => each.publicKey === publicKey);
  return found === undefined
    ? { what: words.copy.publicKey, text: publicKey }
    : { what: words.copy.addressOf(found.name), text: found.address };
}

function blockHash(ui: UiState, context: Context): Copied | null {
  const source = chainSourceOf(ui, context);
  const index = ui.chain?.selected ?? newestOf(source);
  if (index === 0) {
    const chainId = context.session.network?.chainId;
    return chainId === undefined ? null : { what: words.copy.chainId, text: chainId };
  }
  const [row] = source.readRows(index, index);
  return row === undefined ? null : { what: words.copy.hashOf(index), text: row.hash };
}
