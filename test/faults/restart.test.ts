/** A restart takes the port again at once; a graceful stop finishes what it acknowledged within 2 s (DESIGN §10). */
import { expect, test } from "vitest";
import { audit } from "../support/audit.ts";
import { figure } from "../support/form.ts";
import { startHub } from "../support/hub.ts";
import { temporaryHome } from "../support/temporary-home.ts";
import { Witness } from "../support/witness.ts";

const STOPS = 4;
const LONGEST_STOP_MS = 2_000;

test("stopped and started on the same port again and again, with 20 clients: nothing acknowledged is lost", async () => {
  const home = temporaryHome();
  let hub = await startHub({ home, round: "500ms" });
  const { url } = hub;
  const witnesses = Array.from({ length: 20 }, () => new Witness(() => url));
  const running = witnesses.map((witness) => witness.run());
  const stopMs: number[] = [];
  for (let stops = 0; stops < STOPS; stops++) {
    await hub.events.waitFor("block");
    const startedMs = performance.now();
    const { code } = await hub.stop();
    stopMs.push(performance.now() - startedMs);
    expect(code).toBe(0);
    hub = await startHub({ home, round: "500ms", args: ["--port", new URL(url).port] });
    expect(hub.url).toBe(url);
  }
  // The issue's own figure, not a wish for speed.
  expect(Math.max(...stopMs)).toBeLessThan(LONGEST_STOP_MS);
  for (const witness of witnesses) witness.stop();
  await Promise.all(running);
  const lastRound = Math.max(...witnesses.map(({ lastRound }) => lastRound));
  await hub.events.waitFor("round", ({ round }) => round > lastRound);
  const { wrong, blocks } = await audit(hub, witnesses);
  expect(wrong).toEqual([]);
  figure(
    `restarts: ${STOPS} graceful ones, longest stop ${Math.round(Math.max(...stopMs))} ms, ${blocks.length} blocks, 0 lost`,
  );
});
