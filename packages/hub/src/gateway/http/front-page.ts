import type { HubPort } from "../../sequencer/hub-port.ts";
import { frontPageWords as words } from "../../words/front-page.ts";
import type { HttpAnswer } from "./http-answer.ts";
import type { LastWinner, Winner } from "./last-winner.ts";

/** A plain page for who opens the hub's address in a browser: how to join, and the last winner. */
export function getFrontPage(hub: HubPort, last: LastWinner, hubUrl: string, needsToken: boolean): HttpAnswer {
  const { network, chainId, rule, round, phase, tip, validators, stake } = hub.status();
  const title = escapeHtml(words.title(network));
  const lines = [words.state(phase, round, validators, stake), lastBlock(hub, tip.index, last.get()), words.rule(rule)];
  const commands = words.commands(hubUrl, chainId, needsToken);
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}pre{background:#eee;color:#111;padding:.75rem;overflow:auto}</style>
<h1>${title}</h1>
${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join("\n")}
<h2>${escapeHtml(words.howToJoin)}</h2>
<pre>${escapeHtml(commands)}</pre>
<p>${escapeHtml(words.read)} <a href="/api/status">status</a>, <a href="/api/blocks">blocks</a>, <a href="/api/validators">validators</a>, <a href="/api/genesis">genesis</a>.</p>
</html>
`;
  return { type: "html", body };
}

function lastBlock(hub: HubPort, index: number, winner: Winner | undefined): string {
  if (index === 0) return words.noBlock;
  const name = winner === undefined ? undefined : hub.accountOf(winner.publicKey)?.name;
  return name === undefined || winner === undefined ? words.noWinner(index) : words.winner(index, name, winner.bpm);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
