// docs/catch-the-hub.md: every command of the lesson, as it is written, in the order of the page, with shorter rounds.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Terminal } from "../packages/client/test/support/terminal.ts";
import { EVIL_MODES } from "../packages/hub/src/evil/modes.ts";
import { codeOf, fencesOf, readPage, rowsOf, sectionOf } from "../packages/shared/test/support/markdown.ts";
import { temporaryHome } from "./support/temporary-home.ts";

const page = readPage("docs/catch-the-hub.md");
const root = join(import.meta.dirname, "..");

/** The commands of a section, a fence each. */
function commandsOf(title: string): readonly string[] {
  const fences = fencesOf(sectionOf(page, title).body).filter(({ language }) => language === "sh");
  return fences.map(({ text }) => text.trimEnd());
}

/** Panes of one machine, in the folder of the repository, as the lesson has them. */
class Classroom {
  readonly home = temporaryHome();
  #port = 0;
  readonly #panes: Terminal[] = [];

  /** Types the commands of a fence into a new pane of 84×22. `npx` finds the programs in the repository. */
  open(commands: string, port = this.#port): Terminal {
    const { PATH = "" } = process.env;
    const pane = new Terminal({
      command: "bash",
      args: ["-c", `cd ${this.home}\n${this.#adapted(commands, port)}`],
      columns: 84,
      rows: 22,
      cwd: root,
      env: { HOME: this.home, PATH: `${join(root, "node_modules", ".bin")}:${PATH}`, USER: "student" },
      patienceMs: 50_000,
    });
    this.#panes.push(pane);
    onTestFinished(() => pane.close());
    return pane;
  }

  async openHub(commands: string): Promise<Terminal> {
    const hub = this.open(commands);
    await hub.waitFor(/listens on ws:\/\/127\.0\.0\.1:\d+/);
    // A line of 84 columns breaks the address.
    const address = hub.text().replaceAll("\n", "");
    this.#port = Number(/ws:\/\/127\.0\.0\.1:(\d+)/.exec(address)?.[1]);
    return hub;
  }

  /** Ends everything, as Ctrl-C and q do. */
  async leave(): Promise<void> {
    for (const pane of this.#panes.splice(0)) {
      if (pane.ended === undefined) pane.signal("SIGTERM");
      await pane.end();
    }
  }

  /** The lesson has the usual port to itself, and ten seconds a round. */
  #adapted(commands: string, port: number): string {
    const other = commands.includes("pos-hub") ? "--port 0" : port === 0 ? "" : `--hub 127.0.0.1:${port}`;
    return commands
      .replaceAll("npx ", "")
      .replace("--round 10s", "--round 500ms")
      .replace(/^(pos-hub|pos-client(?! verify)) (.*?)( >.*)?$/gm, `$1 $2 ${other}$3`);
  }
}

const two = (commands: readonly string[], ...which: readonly number[]): readonly [string, string] => {
  const [first = "", second = ""] = which.map((at) => commands[at] ?? "");
  return [first, second];
};

test("an honest hub: both screens verify every block, and show the same three words", async () => {
  const room = new Classroom();
  const commands = commandsOf("An honest hub");
  expect(commands).toHaveLength(3);
  await room.openHub(commands[0] ?? "");
  const screens = two(commands, 1, 2).map((command) => room.open(command));
  for (const screen of screens) {
    await screen.waitFor(/ 2 \w+ +\d+ +[0-9a-f]{8} +\w+ ✓/);
    await screen.waitFor(/tip \w+ \w+ \w+ /);
  }
  await room.leave();
});

test("a hub that pays the wrong one turns both screens red, and its evidence is confirmed and cannot be forged", async () => {
  const room = new Classroom();
  const [command = "", ...more] = commandsOf("A hub that pays the wrong one");
  expect(more).toEqual([]);
  const hub = await room.openHub(command);
  const screens = two(commandsOf("An honest hub"), 1, 2).map((each) => room.open(each));
  for (const screen of screens) await screen.waitFor("ALARM: the hub has cheated at block");
  await hub.waitFor(/EVIL: in round \d+ this hub pays the reward to someone else/);
  // What the page shows is what stands there.
  const shown = fencesOf(sectionOf(page, "A hub that pays the wrong one").body).find(
    ({ language }) => language === "text",
  );
  const [, said = "", truth = ""] = shown?.text.split("\n") ?? [];
  for (const line of [said, truth]) {
    expect(screens[0]?.text()).toMatch(new RegExp(line.trim().replace(/\d+/, "\\d+").replaceAll(".", "\\.")));
  }
  for (const screen of screens) {
    screen.type("\r");
    await screen.waitForNo("ALARM:");
    expect(screen.text()).toContain("✗ NOT FOLLOWED");
    screen.type("q");
    await screen.waitFor("Quit?");
    screen.type("q");
    expect(await screen.end()).toMatchObject({ code: 0 });
  }
  const [confirm = "", forge = ""] = commandsOf("Proof");
  const confirmed = room.open(confirm);
  expect(await confirmed.end()).toMatchObject({ code: 0 });
  expect(confirmed.text()).toMatch(/^Confirmed/);
  const forged = room.open(forge);
  expect(await forged.end()).toMatchObject({ code: 1 });
  expect(forged.text()).toContain("forged.json proves nothing");
  expect(readFileSync(join(room.home, "forged.json"), "utf8")).toContain('"index": 99');
  await room.leave();
});

test("two stories: no screen is red, and who compares has proof", async () => {
  const room = new Classroom();
  const [start = "", one = "", other = "", comparing = "", ...more] = commandsOf("Two stories");
  expect(more).toEqual([]);
  const hub = await room.openHub(start);
  const screens = [one, other].map((command) => room.open(command));
  await hub.waitFor(/EVIL: in round \d+/);
  const forkedAt = Number(/EVIL: in round (\d+)/.exec(hub.text())?.[1]);
  for (const screen of screens) {
    await screen.waitUntil(() => Number(/Round (\d+) \[/.exec(screen.text())?.[1]) > forkedAt + 1, "a later round");
    expect(screen.text()).not.toContain("ALARM");
  }
  const compared = room.open(comparing);
  expect(await compared.end()).toMatchObject({ code: 1 });
  expect(compared.text().replaceAll("\n", "")).toMatch(/different: block \d+ is \w+ \w+ \w+ \([0-9a-f]{64}\) here/);
  expect(compared.text()).toContain("Evidence:");
  await room.leave();
});

test("what cannot be proven: one of the two is cheated, and is told that it is a suspicion", async () => {
  const room = new Classroom();
  const [start = "", one = "", other = ""] = commandsOf("What cannot be proven");
  await room.openHub(start);
  const screens = [one, other].map((command) => room.open(command));
  const red = await Promise.any(screens.map((screen) => screen.waitFor("ALARM: the hub may have cheated at block")));
  expect(red).toContain("suspected (noReceipt)");
  expect(red).toMatch(/The hub said: nothing to your proposal of round \d+\./);
  await room.leave();
});

test("what the lesson writes into the folder of the repository stays out of it", () => {
  const written = page.matchAll(/^(?:cp .* |.* > )(\S+\.json)$/gm).map(([, file = ""]) => file);
  const ignored = readFileSync(join(root, ".gitignore"), "utf8").split("\n");
  const files = [...written];
  expect(files.sort()).toEqual(["evidence.json", "forged.json", "tips.json"]);
  for (const file of files) expect(ignored).toContain(`/${file}`);
});

test("every mode is there to be guessed", () => {
  expect(
    rowsOf(sectionOf(page, "Which one was it?").body)
      .map(([mode]) => codeOf(mode))
      .sort(),
  ).toEqual([...EVIL_MODES].sort());
});
