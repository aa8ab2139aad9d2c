import type { ClientEvent } from "../../packages/client/src/session/session.ts";
import { Events } from "./events.ts";
import { Program } from "./program.ts";
import { temporaryHome } from "./temporary-home.ts";

export interface ClientOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where its identities are kept; shared by the panes of one machine. */
  readonly home?: string;
}

/** A running `pos-client --json` whose standard input is the test's. */
export interface Client {
  readonly program: Program;
  readonly events: Events<ClientEvent>;
  /** Types a line, as at the tutorial's prompt. */
  readonly type: (line: string) => void;
}

export function startClient(hubUrl: string, { args = [], env = {}, home }: ClientOptions = {}): Client {
  const program = new Program("pos-client", ["--hub", hubUrl, "--json", ...args], {
    home: home ?? temporaryHome(),
    env,
  });
  const events = new Events<ClientEvent>(program);
  return { program, events, type: (line) => program.write(`${line}\n`) };
}
