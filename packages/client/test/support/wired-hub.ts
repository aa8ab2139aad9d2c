/**
 * A hub on the other end of made-up wires: the real round machine, the protocol's own codec, and the test's clock. What
 * a gateway does beyond that (limits, rates, pages of bytes) is left out.
 */
import type { Broadcast, Effect } from "pos-shared/chain/round/effects.ts";
import { nextWakeMs } from "pos-shared/chain/round/round-machine.ts";
import { workingLedger } from "pos-shared/chain/round/round-state.ts";
import { verifySignature } from "pos-shared/crypto/signature.ts";
import { getAccount } from "pos-shared/ledger/ledger.ts";
import { decodeRequest, encode } from "pos-shared/protocol/codec.ts";
import type { HubMessage } from "pos-shared/protocol/hub-messages.ts";
import type { Request, RequestType } from "pos-shared/protocol/requests.ts";
import { SimulatedHub, type SimulationOptions } from "../../../shared/test/support/simulated-hub.ts";
import type { Dial, WireHandlers } from "../../src/connection/dial.ts";
import type { FakeRuntime } from "./fake-runtime.ts";
import { pageFor, refusal, textOf, welcomeFor } from "./wired-replies.ts";

interface Line {
  readonly handlers: WireHandlers;
  publicKey: string | null;
  isSubscribed: boolean;
  isOpen: boolean;
}

export class WiredHub {
  readonly simulated: SimulatedHub;
  readonly #runtime: FakeRuntime;
  readonly #lines = new Set<Line>();
  #wakeAtMs: number | undefined;
  /** Deliveries that wait; undefined: none does. */
  #held: (() => void)[] | undefined;
  /** How far its clock is ahead of the client's. */
  aheadMs = 0;
  /** Is it up? */
  isUp = true;
  /** Requests of these types never arrive. */
  readonly lost = new Set<RequestType>();
  /** Requests of these types are worked off, but their answers never arrive. */
  readonly unanswered = new Set<RequestType>();
  /** Every request that arrived. */
  readonly requests: Request[] = [];
  /** Told of each request before it is worked off, those that are lost too. */
  onRequest: (request: Request) => void = () => {};
  /** Changes what is sent. */
  tamper: (message: HubMessage) => HubMessage = (message) => message;
  /** What is sent right after a message. */
  addTo: (message: HubMessage) => readonly HubMessage[] = () => [];

  constructor(runtime: FakeRuntime, options: SimulationOptions = {}) {
    this.#runtime = runtime;
    this.simulated = new SimulatedHub(options);
  }

  readonly dial: Dial = (_url, handlers) => {
    const line: Line = { handlers, publicKey: null, isSubscribed: false, isOpen: true };
    queueMicrotask(() => {
      if (!this.isUp) {
        line.isOpen = false;
        handlers.closed("nobody listens there");
        return;
      }
      this.#lines.add(line);
      this.#send(line, this.#hello());
    });
    return {
      send: (frame) => queueMicrotask(() => this.#receive(line, frame)),
      drop: () => this.#end(line, "dropped"),
      receivedBytes: () => 0,
    };
  };

  get connections(): number {
    return this.#lines.size;
  }

  /** From now on what it sends is under way. */
  hold(): void {
    this.#held ??= [];
  }

  /** All that was under way arrives at once. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const arrive of held) arrive();
  }

  /** All connections end. */
  cut(): void {
    for (const line of this.#lines) this.#end(line, "the connection was cut");
  }

  /** Goes down, and is not to be reached until `isUp` again. Rounds do not close meanwhile. */
  goDown(): void {
    this.isUp = false;
    this.cut();
  }

  /** So many answered proposals there were. */
  count(type: RequestType): number {
    return this.requests.filter((request) => request.type === type).length;
  }

  /** Hands something in as another client would. */
  act(action: (hub: SimulatedHub) => void): void {
    const before = this.simulated.records.length;
    this.simulated.nowMs = this.#nowMs();
    action(this.simulated);
    if (this.simulated.records.length > before) this.#tellRecords(before);
    this.#schedule();
  }

  #nowMs(): number {
    return this.#runtime.nowMs() + this.aheadMs;
  }

  #hello(): HubMessage {
    const { network, state } = this.simulated;
    const { index, hash } = state.chain.tip;
    return {
      type: "hello",
      version: "0.1.0",
      chainId: network.chainId,
      network: network.genesis.network,
      challenge: "a".repeat(64),
      time: this.#nowMs(),
      tip: { index, hash },
      needsToken: false,
      recovering: false,
    };
  }

  #receive(line: Line, frame: string): void {
    if (!line.isOpen) return;
    const decoded = decodeRequest(frame);
    if (!decoded.ok) throw new Error(`the client sent a malformed request: ${frame}`);
    const request = decoded.value;
    this.onRequest(request);
    if (this.lost.has(request.type)) return;
    this.requests.push(request);
    this.#tickIfDue();
    this.#answer(line, request);
  }

  #answer(line: Line, request: Request): void {
    const { id: re } = request;
    const say = (message: HubMessage): void => {
      if (!this.unanswered.has(request.type)) this.#send(line, message);
    };
    const { simulated } = this;
    switch (request.type) {
      case "genesis":
        say({ type: "genesis", re, genesis: simulated.network.genesis });
        return;
      case "login": {
        const { chainId } = simulated.network;
        const { publicKey, signature } = request;
        if (!verifySignature(publicKey, "login", chainId, { challenge: "a".repeat(64) }, signature)) {
          say(refusal(re, "LOGIN_REFUSED"));
          return;
        }
        if ([...this.#lines].some((other) => other.publicKey === publicKey)) {
          say({ ...refusal(re, "SESSION_ELSEWHERE"), actual: "127.0.0.1:1" });
          return;
        }
        line.publicKey = publicKey;
        say(welcomeFor(simulated, re, publicKey));
        return;
      }
      case "subscribe": {
        line.isSubscribed = true;
        const { state } = simulated;
        const { index, hash } = state.chain.tip;
        const { bondedAccounts: validators, totals } = state.batches[0].ledger;
        const proposals = state.open?.proposals.size ?? 0;
        const opening = state.open?.opening ?? null;
        say({
          type: "subscribed",
          re,
          tip: { index, hash },
          opening,
          validators,
          stake: totals.bonded,
          proposals,
          online: 1,
        });
        return;
      }
      case "propose":
        this.#handIn({ kind: "proposal", proposal: request.proposal }, re, say);
        return;
      case "transact":
        this.#handIn({ kind: "transaction", transaction: request.transaction }, re, say);
        return;
      case "account":
        say({
          type: "account",
          re,
          account: getAccount(workingLedger(simulated.state), request.publicKey) ?? null,
        });
        return;
      case "ping":
        say({ type: "pong", re, time: this.#nowMs() });
        return;
      case "validators":
        say({ type: "validators", re, total: 0, validators: [] });
        return;
      default:
        void pageFor(simulated, request).then(say);
    }
  }

  #handIn(input: Parameters<SimulatedHub["input"]>[0], re: string, say: (message: HubMessage) => void): void {
    this.simulated.nowMs = this.#nowMs();
    const effects = this.simulated.input(input);
    for (const effect of effects) {
      if (effect.kind !== "answer") continue;
      const { answer } = effect;
      if (answer.kind === "accepted") say({ type: "accepted", re, receipt: answer.receipt });
      else if (answer.kind === "receipted") say({ type: "receipted", re, receipt: answer.receipt });
      else {
        const { code, path = null, expected, actual } = answer.fault;
        const suggestion = code === "NAME_TAKEN" ? `${actual}-2` : null;
        say({ ...refusal(re, code), path, expected: textOf(expected), actual: textOf(actual), suggestion });
      }
    }
    this.#tell(effects);
    this.#schedule();
  }

  #tickIfDue(): void {
    const wakeMs = nextWakeMs(this.simulated.state);
    if (wakeMs === undefined || this.#nowMs() < wakeMs || !this.isUp) return;
    this.simulated.nowMs = this.#nowMs();
    this.#tell(this.simulated.input({ kind: "tick" }));
    this.#schedule();
  }

  #schedule(): void {
    const wakeMs = nextWakeMs(this.simulated.state);
    if (wakeMs === undefined || wakeMs === this.#wakeAtMs) return;
    this.#wakeAtMs = wakeMs;
    this.#runtime.schedule(wakeMs - this.#nowMs(), () => this.#tickIfDue());
  }

  /** What another client brought about. */
  #tellRecords(from: number): void {
    for (const record of this.simulated.records.slice(from)) {
      if (record.kind === "opening") this.#tell([{ kind: "broadcast", broadcast: this.#openingNews() }]);
      if (record.kind === "block") this.#push({ type: "block", block: record.block, lowest: [] });
    }
  }

  #openingNews(): Broadcast {
    const { open, batches } = this.simulated.state;
    if (open === undefined) throw new Error("no round is open");
    const { bondedAccounts: validators, totals } = batches[0].ledger;
    return { kind: "opening", opening: open.opening, validators, stake: totals.bonded };
  }

  #tell(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind !== "broadcast") continue;
      const { broadcast } = effect;
      if (broadcast.kind === "opening") {
        const { opening, validators, stake } = broadcast;
        this.#push({ type: "opening", opening, time: this.#nowMs(), validators, stake });
      } else if (broadcast.kind === "block") {
        this.#push({ type: "block", block: broadcast.block, lowest: broadcast.lowest.slice(0, 8) });
      } else if (broadcast.kind === "idle") {
        this.#push({ type: "idle", round: broadcast.round });
      }
    }
  }

  #push(message: HubMessage): void {
    for (const line of this.#lines) if (line.isSubscribed) this.#send(line, message);
  }

  #send(line: Line, message: HubMessage): void {
    for (const each of [message, ...this.addTo(message)]) this.#sendOne(line, each);
  }

  #sendOne(line: Line, message: HubMessage): void {
    const frame = encode(this.tamper(message));
    const arrive = () =>
      queueMicrotask(() => {
        if (line.isOpen) line.handlers.received(Buffer.from(frame));
      });
    if (this.#held === undefined) arrive();
    else this.#held.push(arrive);
  }

  #end(line: Line, reason: string): void {
    if (!line.isOpen) return;
    line.isOpen = false;
    this.#lines.delete(line);
    queueMicrotask(() => line.handlers.closed(reason));
  }
}
