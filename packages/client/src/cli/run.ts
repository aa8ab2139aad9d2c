import { speedUpVrf } from "pos-shared/crypto/vrf.ts";
import type { ClientConfig } from "../config/client-config.ts";
import { dialLazily } from "../connection/dial-lazily.ts";
import { runHeadless } from "../headless/run-headless.ts";
import { openIdentitySystem } from "../identity/identity-system.ts";
import { systemRuntime } from "../runtime.ts";
import { ClientSession } from "../session/client-session.ts";
import { type Failure, failed, print } from "./print.ts";
import { runScreen, showsScreen } from "./run-screen.ts";
import { whenSignalled } from "./signals.ts";

/** Longest wait for a clean end. */
const STOP_TIMEOUT_MS = 1_500;

/** It listens by then, and the first roll mostly is not due yet. */
const SPEED_UP_AFTER_MS = 700;

/** `pos-client` itself: a validator, bots, or a spectator. */
export async function run(config: ClientConfig): Promise<Failure | undefined> {
  const system = openIdentitySystem(process.env);
  const session = new ClientSession({ config, runtime: systemRuntime, dial: dialLazily, system });
  // A screen rolls for one and checks two proofs a round: 8 ms without WebAssembly, which takes 9 MB with all that it leaves.
  if (showsScreen(config)) {
    const exitCode = await runScreen(session, config);
    await stopInTime(session, whenSignalled().caught);
    process.exit(exitCode);
  }
  const stopWaiting = systemRuntime.schedule(SPEED_UP_AFTER_MS, () => void speedUpVrf());
  const failure = runHeadless(session, config, { input: process.stdin, print, nowMs: systemRuntime.nowMs });
  const signal = whenSignalled();
  const sentence = await Promise.race([failure, signal.caught]);
  process.stdin.pause();
  stopWaiting();
  await stopInTime(session, signal.again);
  if (typeof sentence === "number") process.exit(128 + sentence);
  if (sentence === undefined) process.exit(0);
  return failed(sentence);
}

/** A further signal, or an end that takes too long, ends the client as it stands. */
async function stopInTime(session: ClientSession, signal: Promise<unknown>): Promise<void> {
  const { promise: timeout, resolve: giveUp } = Promise.withResolvers<void>();
  const cancel = systemRuntime.schedule(STOP_TIMEOUT_MS, giveUp);
  await Promise.race([session.stop(), timeout, signal]);
  cancel();
}
