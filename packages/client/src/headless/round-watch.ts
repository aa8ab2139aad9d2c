import type { HeadlessSession } from "./headless-session.ts";

/** Resolves when the last round in which this client has a proposal, or else the open one, has ended. */
export function whenRoundSettled(session: HeadlessSession, lastAcceptedRound: number): Promise<void> {
  const { round, me } = session.readNow();
  const openRound = me !== null && me.bonded > 0 ? (round?.opening.round ?? 0) : 0;
  const awaited = lastAcceptedRound === 0 ? openRound : lastAcceptedRound;
  if (awaited === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const end = (): void => {
      for (const stop of stops) stop();
      resolve();
    };
    stops.push(
      session.onEvent((event) => {
        if (event.event === "block" && event.round >= awaited) end();
        if (event.event === "round" && event.round > awaited) end();
      }),
      session.subscribe(() => {
        const { connection, round: now } = session.getState();
        if (connection.phase === "online" && (now === null || now.opening.round > awaited)) end();
        if (connection.phase === "failed" || connection.phase === "refused") end();
      }),
    );
  });
}
