import type { Opening } from "pos-shared/model/opening.ts";
import { timestampOf } from "pos-shared/model/timestamp.ts";
import type { HubLink } from "../connection/hub-link.ts";
import type { EvidenceInput } from "../replica/evidence/make-evidence.ts";
import type { Replica } from "../replica/replica.ts";
import { earlyCloseEvidence, silenceEvidence } from "../replica/suspicions.ts";
import type { Runtime } from "../runtime.ts";
import type { Silence } from "../validator/validator-ports.ts";
import { CloseWatch } from "./close-watch.ts";
import { TipFolder } from "./tip-folder.ts";
import { TipWatch } from "./tip-watch.ts";

export interface VigilancePorts {
  readonly replica: Replica;
  readonly link: HubLink;
  readonly runtime: Runtime;
  readonly homeDir: string;
  readonly onFailure: (reason: string) => void;
}

/** What no block shows: silence, a round that is over too early, and what other panes were told (DESIGN §6). */
export class Vigilance {
  readonly #ports: VigilancePorts;
  readonly #closes: CloseWatch;
  readonly #tips: TipWatch;

  constructor(ports: VigilancePorts) {
    const { replica, link, runtime, homeDir, onFailure } = ports;
    const { chain } = replica;
    this.#ports = ports;
    this.#closes = new CloseWatch({
      clock: link.clock,
      runtime,
      openingOf: (round) => chain.held.openingOf(round),
      suspect: (opening, later, hubTimeMs) =>
        void this.#report(() => earlyCloseEvidence(chain, opening, later, timestampOf(hubTimeMs))),
    });
    const report = (evidence: EvidenceInput): void => void replica.report(evidence);
    const folder = new TipFolder(homeDir, chain.network.chainId);
    this.#tips = new TipWatch({ folder, chain, runtime, report, onFailure });
  }

  /** The hub's tip was reached. */
  start(): void {
    this.#tips.start();
  }

  /** Blocks were verified. */
  noteProgress(): void {
    if (this.#ports.replica.chain.isCaughtUp) void this.#tips.look();
  }

  /** A block has come over the session's connection; it may be anything. */
  noteBlock(block: unknown): void {
    const round = typeof block === "object" && block !== null && "round" in block ? block.round : undefined;
    if (typeof round === "number") void this.#closes.noteOver(round, undefined, this.#ports.link.channel);
  }

  noteOpening(opening: Opening): void {
    void this.#closes.noteOver(opening.round - 1, opening, this.#ports.link.channel);
  }

  noteSilence({ opening, proposal, sentAtMs, seenAtMs }: Silence): void {
    const { link, replica } = this.#ports;
    const [sentMs, seenMs] = [link.clock.toHubMs(sentAtMs), link.clock.toHubMs(seenAtMs)];
    if (sentMs === undefined || seenMs === undefined) return;
    const observed = { sentAt: timestampOf(Math.floor(sentMs)), seenAt: timestampOf(Math.floor(seenMs)) };
    void this.#report(() => silenceEvidence(replica.chain, opening, proposal, observed));
  }

  stop(): Promise<void> {
    return this.#tips.stop();
  }

  /** Made once everything that came before is verified, the round's block too. */
  async #report(make: () => EvidenceInput | undefined): Promise<void> {
    const { replica } = this.#ports;
    await replica.whenSettled();
    const evidence = make();
    if (evidence !== undefined) await replica.report(evidence);
  }
}
