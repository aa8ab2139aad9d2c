/**
 * The real screen on a scripted session, for a test that sits at the other end of a socket: it says what the session
 * does, lets time pass, and hears what the screen asked for.
 */
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { startScreen } from "../../../src/ui/start-screen.tsx";
import type { DrivenOrder, DrivenSetup } from "./driven-screen.ts";
import { detail, NOW_MS } from "./sample.ts";
import { ScriptedSession } from "./scripted-session.ts";

const setup: DrivenSetup = JSON.parse(process.env.DRIVEN_SETUP ?? "{}");
const session = new ScriptedSession(setup.state);
let nowMs = NOW_MS;

const socket = connect(setup.socket);
createInterface({ input: socket }).on("line", (line) => {
  const order: DrivenOrder = JSON.parse(line);
  if (order.passMs !== undefined) nowMs += order.passMs;
  if (order.answer !== undefined) session.answer = order.answer;
  if (order.names !== undefined) {
    const { names } = order;
    session.details = (index) => detail(index, names);
  }
  if (order.event !== undefined) session.emit(order.event);
  if (order.set !== undefined) session.set(order.set);
  if (order.breaks === true) setImmediate(() => Promise.reject(new Error("something of ours\nwith more lines")));
});
socket.write(`pid ${process.pid}\n`);
session.heard = (what) => socket.write(`${what}\n`);

const code = await startScreen(session, {
  ascii: false,
  color: true,
  theme: "dark",
  spectate: false,
  asksForStake: false,
  showsHints: false,
  bell: true,
  screenReader: false,
  ...setup.options,
  now: () => nowMs,
});
socket.end(`left ${code}\n`, () => process.exit(code));
