import type { Block } from "pos-shared/model/block.ts";
import type { Client } from "./client.ts";
import { type AlarmEvent, CAUGHT_AS, type EvilRun } from "./evil-run.ts";

/** What of a run is not as the table of docs/threat-model.md says: by which code, how heavy, and when; in words. */
export async function evilFaults({ mode, hub, round, caught }: EvilRun): Promise<readonly string[]> {
  const blocks = await hub.blocks();
  const opened = hub.events.all("round").find((event) => event.round === round);
  return caught.flatMap(({ client, alarm }) => {
    const faults: string[] = [];
    if (CAUGHT_AS[mode][alarm.code] !== alarm.proven) faults.push(`caught as ${alarm.code}, proven ${alarm.proven}`);
    const due = dueIndex(blocks, round);
    if (alarm.index !== due) faults.push(`seen at block ${alarm.index}, not ${due}`);
    faults.push(...(mode === "censor" || alarm.code === "earlyClose" ? [] : lateNews(client, alarm, round)));
    if (mode === "early") {
      const isWrongTime = blocks.find((block) => block.round === round)?.timestamp !== opened?.closesAt;
      if (isWrongTime !== (alarm.code === "timestamp")) faults.push(`a wrong time ${isWrongTime} was ${alarm.code}`);
    }
    if (mode === "censor" && !wasCensored(client, round)) faults.push("whoever raised the alarm had a receipt");
    return faults.map((fault) => `${mode}, cheated in round ${round}: ${fault}. ${JSON.stringify(alarm)}`);
  });
}

/** The block of the round in which the hub cheated, or where that has none, the block that would have been it. */
function dueIndex(blocks: readonly Block[], round: number): number {
  return blocks.filter((block) => block.round < round).length + 1;
}

/** With the block, or with the next opening: of nothing later was the client told before, and nothing of it after. */
function lateNews({ events }: Client, { index }: AlarmEvent, round: number): string[] {
  const blocks = events.all("block").filter((block) => block.index >= index || block.round >= round);
  const rounds = events.all("round").filter((event) => event.round > round);
  return [
    ...blocks.map((block) => `block ${block.index} of round ${block.round} passed for right`),
    ...rounds.map((event) => `round ${event.round} was told as open`),
  ];
}

function wasCensored({ events }: Client, round: number): boolean {
  const proposed = events.all("proposed").filter((event) => event.round === round);
  const accepted = events.all("accepted").filter((event) => event.round === round);
  return proposed.length > accepted.length;
}
