import type { Hello, HubChannel } from "../connection/hub-channel.ts";
import { type Greeting, HubLink, type LinkSetup } from "../connection/hub-link.ts";
import type { HeldIdentity } from "../identity/held-identity.ts";
import type { Validator } from "../validator/validator.ts";
import type { NetworkSession } from "./network-session.ts";

/** Between two bots that connect, so that a thousand do not come at once. */
const STAGGER_MS = 5;

/** The connections of `--bots`: one each, for its login and its proposals. The chain comes over the session's own. */
export class BotLinks {
  readonly #setup: LinkSetup;
  readonly #network: () => NetworkSession | undefined;
  #links: HubLink[] = [];

  constructor(setup: LinkSetup, network: () => NetworkSession | undefined) {
    this.#setup = setup;
    this.#network = network;
  }

  start(network: NetworkSession, identities: readonly HeldIdentity[]): void {
    for (const [position, identity] of identities.entries()) {
      const bot = this.#linkFor(network, identity);
      this.#links.push(bot);
      this.#setup.runtime.schedule(position * STAGGER_MS, () => bot.start());
    }
  }

  stop(): void {
    for (const link of this.#links) link.stop();
    this.#links = [];
  }

  #linkFor(network: NetworkSession, identity: HeldIdentity): HubLink {
    let isTold = false;
    const link: HubLink = new HubLink(this.#setup, {
      greet: async (channel, hello) => {
        const greeting = await this.#greet(network, validator, channel, hello);
        if (greeting.kind === "ready" && !isTold) {
          isTold = true;
          network.tellConnected(validator);
        }
        return greeting;
      },
      heard: (news, bytes) => {
        // Only what is for this key alone comes here.
        if (news.type === "dropped") network.hear(news, bytes);
      },
      changed: (state) => {
        if (state.phase !== "online") validator.disconnect();
        if (state.phase === "refused") network.tellRefused(validator, state.fault);
      },
    });
    const validator: Validator = network.addValidator(identity, link, false);
    return link;
  }

  async #greet(network: NetworkSession, validator: Validator, channel: HubChannel, hello: Hello): Promise<Greeting> {
    // The session's own connection finds out what another network means.
    if (hello.chainId !== network.chainId || this.#network() !== network) {
      return { kind: "retry", reason: "the hub has another network" };
    }
    const answer = await network.logIn(channel, hello, validator);
    if (!answer.ok) return answer.greeting;
    await network.replica.whenSettled();
    validator.connect(channel, answer.welcome);
    return { kind: "ready" };
  }
}
