/** A client session against a wired hub, with its clock in the test's hands and a home of its own. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClientConfig } from "../../src/config/client-config.ts";
import { isIdentityFileName, keyOf, pathsOf, readIdentity } from "../../src/identity/identity-file.ts";
import { ClientSession } from "../../src/session/client-session.ts";
import type { ClientEvent } from "../../src/session/session.ts";
import type { FakeRuntime } from "./fake-runtime.ts";
import { fakeProcess } from "./identities.ts";
import { temporaryHome } from "./temporary-home.ts";
import type { WiredHub } from "./wired-hub.ts";

export function configFor(changes: Partial<ClientConfig> = {}): ClientConfig {
  return {
    hubUrl: "ws://127.0.0.1:9000",
    chainId: null,
    stake: null,
    name: null,
    bpm: { kind: "ask" },
    bots: 0,
    spectate: false,
    token: null,
    once: false,
    json: true,
    plain: false,
    ascii: false,
    color: true,
    theme: "dark",
    bell: false,
    homeDir: "",
    full: false,
    chainFile: null,
    source: null,
    blockRange: null,
    ...changes,
  };
}

export interface TestClient {
  readonly session: ClientSession;
  readonly homeDir: string;
  readonly events: ClientEvent[];
  /** All events of a name. */
  readonly told: <N extends ClientEvent["event"]>(name: N) => Extract<ClientEvent, { event: N }>[];
}

/** Every process that runs on the made-up machine. */
const running = new Set<number>();

export function startTestClient(hub: WiredHub, runtime: FakeRuntime, changes: Partial<ClientConfig> = {}): TestClient {
  const config = configFor({ homeDir: temporaryHome(), ...changes });
  const session = new ClientSession({ config, runtime, dial: hub.dial, system: fakeProcess(running).system });
  const events: ClientEvent[] = [];
  session.onEvent((event) => events.push(event));
  session.start();
  const told = <N extends ClientEvent["event"]>(name: N) =>
    events.filter((event): event is Extract<ClientEvent, { event: N }> => event.event === name);
  return { session, homeDir: config.homeDir, events, told };
}

/** The program dies without a chance to do anything; its locks are left behind. */
export function killed(hub: WiredHub): void {
  running.clear();
  hub.cut();
}

/** The only identity of a client, as its files have it. */
export function identityFilesOf({ homeDir }: TestClient, { simulated }: WiredHub) {
  const { chainId } = simulated.network;
  const folder = join(homeDir, "identities", chainId);
  const [publicKey = ""] = readdirSync(folder)
    .filter(isIdentityFileName)
    .map((name) => name.slice(0, 64));
  const { file, record } = pathsOf(folder, publicKey);
  const identity = readIdentity(file, chainId);
  const key = identity.ok ? keyOf(identity.value) : undefined;
  if (key === undefined) throw new Error("no identity was made");
  return { key, signed: () => readFileSync(record, "utf8") };
}
