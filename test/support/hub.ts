import { type Network, openNetwork } from "pos-shared/chain/network.ts";
import type { Block } from "pos-shared/model/block.ts";
import type { HubEvents } from "../../packages/hub/src/telemetry/hub-event.ts";
import { Events } from "./events.ts";
import { type Metrics, readMetrics } from "./metrics.ts";
import { type Ended, Program } from "./program.ts";
import { temporaryHome } from "./temporary-home.ts";

type HubEvent = { readonly [N in keyof HubEvents]: { readonly event: N } & HubEvents[N] }[keyof HubEvents];

export interface HubOptions {
  /** As for `--round`; short, so that tests are. */
  readonly round?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where its data is kept. Without one it keeps nothing on disk. */
  readonly home?: string;
}

/** A running `pos-hub --json` on a free port. */
export interface Hub {
  readonly program: Program;
  readonly events: Events<HubEvent>;
  /** As `ws://127.0.0.1:PORT`. */
  readonly url: string;
  readonly http: string;
  readonly chainId: string;
  /** What its HTTP side answers with status 200, as JSON. */
  readonly get: (path: string) => Promise<unknown>;
  readonly genesisAndRule: () => Promise<Network>;
  /** All blocks so far, as anybody can read them. */
  readonly blocks: () => Promise<readonly Block[]>;
  readonly metrics: () => Promise<Metrics>;
  readonly stop: () => Promise<Ended>;
  readonly kill: () => Promise<Ended>;
}

export async function startHub({ round = "300ms", args = [], env = {}, home }: HubOptions = {}): Promise<Hub> {
  const place = home === undefined ? ["--memory"] : [];
  const program = new Program("pos-hub", ["--port", "0", "--round", round, "--json", ...place, ...args], {
    home: home ?? temporaryHome(),
    env,
  });
  const events = new Events<HubEvent>(program);
  const { url, http, chainId } = await events.waitFor("listening");
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(http + path);
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  };
  return {
    program,
    events,
    url,
    http,
    chainId,
    get,
    genesisAndRule: async () => {
      const network = openNetwork(await get("/api/genesis"));
      if (!network.ok) throw new Error(`a wrong genesis: ${JSON.stringify(network.error)}`);
      return network.value;
    },
    blocks: () => readBlocks(get),
    metrics: () => readMetrics(http),
    stop: () => program.stop("SIGTERM"),
    kill: () => program.kill(),
  };
}

async function readBlocks(get: Hub["get"]): Promise<readonly Block[]> {
  const blocks: Block[] = [];
  for (;;) {
    const page = (await get(`/api/blocks?from=${blocks.length + 1}`)) as { readonly blocks: readonly Block[] };
    if (page.blocks.length === 0) return blocks;
    blocks.push(...page.blocks);
  }
}
