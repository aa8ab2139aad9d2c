/** What the hub tells people when it starts: what to type in the next pane, and how others get in. */
import { EVIL_MODE_FACTS, type EvilMode } from "../evil/modes.ts";

export interface StartFacts {
  readonly network: string;
  readonly chainId: string;
  readonly index: number;
  /** The last block's hash as three words; empty before the first. */
  readonly words: string;
  readonly roundMs: number;
  readonly port: number;
  /** This machine's addresses in other networks; empty where the hub listens to itself only. */
  readonly otherAddresses: readonly string[];
  readonly needsToken: boolean;
  readonly isTls: boolean;
  /** Null where nothing is kept. */
  readonly directory: string | null;
  /** How it cheats, as `--evil` told it to. */
  readonly evil: readonly EvilMode[];
}

const DEFAULT_PORT = 9000;

export function startLines(facts: StartFacts): string[] {
  const place = facts.port === DEFAULT_PORT && !facts.isTls ? "" : ` --hub ${url("127.0.0.1", facts)}`;
  const others = facts.otherAddresses.map(
    (address) => `    ${token(facts)}npx pos-client --hub ${url(address, facts)} --chain ${facts.chainId} --stake 100`,
  );
  return [
    `Network ${facts.network}, block ${facts.index}${facts.words === "" ? "" : ` (${facts.words})`}, a round every ${seconds(facts.roundMs)}. ${kept(facts.directory)}`,
    "",
    "  In the next pane, as often as you like:",
    `    ${token(facts)}npx pos-client${place} --stake 100`,
    ...(others.length === 0 ? [] : ["  On another machine:", ...others]),
    "",
    ...facts.evil.map((mode) => `EVIL: from some round on, this hub ${EVIL_MODE_FACTS[mode].deed} (--evil ${mode}).`),
  ];
}

function url(address: string, { port, isTls }: StartFacts): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return isTls ? `wss://${host}:${port}` : `${host}:${port}`;
}

function token({ needsToken }: StartFacts): string {
  return needsToken ? "POS_CLIENT_TOKEN=… " : "";
}

function kept(directory: string | null): string {
  return directory === null ? "Nothing is kept on disk." : `Data: ${directory}`;
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}
