import { type Command, OPTIONS, variableOf } from "../config/options.ts";

const ABOUT: Readonly<Record<Command, { readonly usage: string; readonly what: string; readonly examples: string[] }>> =
  {
    run: {
      usage: "pos-hub [options]",
      what: "Runs the hub of a proof-of-stake network: it keeps the chain, runs the rounds and draws the lottery.",
      examples: [
        "pos-hub                               listen on 127.0.0.1:9000, a round every 30 s",
        "pos-hub --round 10s --network physics a lively round for a class",
        "pos-hub --host 0.0.0.0 --token SECRET for other machines, who know the token",
        "pos-hub --memory --port 0             try something out: a free port, nothing kept",
        "pos-hub --faucet 0 --genesis a.json   a network whose tokens are given out beforehand",
      ],
    },
    verify: {
      usage: "pos-hub verify [options]",
      what: "Replays the whole chain by the rules and compares what is stored; names the first block that breaks one.",
      examples: ["pos-hub verify                        the chain in the usual place, hub running or not"],
    },
    export: {
      usage: "pos-hub export [options]",
      what: "Writes the chain to standard output: genesis on the first line, then a block a line, as JSON.",
      examples: [
        "pos-hub export > chain.jsonl          a file that pos-client verify reads",
        "pos-hub export --csv > chain.csv      a table for a spreadsheet",
      ],
    },
    info: {
      usage: "pos-hub info [options]",
      what: "Shows the network: genesis, the last block, accounts, sizes.",
      examples: ["pos-hub info --data ./class           of another data directory"],
    },
    backup: {
      usage: "pos-hub backup DIR [options]",
      what: "Copies the data directory as it is at one moment, hub running or not. DIR must be new or empty.",
      examples: ["pos-hub backup ./monday               pos-hub --data ./monday runs the copy"],
    },
  };

/** What `--help` prints, for a command. */
export function helpText(command: Command): string {
  const { usage, what, examples } = ABOUT[command];
  const options = OPTIONS.filter(({ commands }) => commands.includes(command));
  const rows = options.map(
    ({ name, placeholder, help }) => [`--${[name, placeholder].join(" ").trim()}`, help] as const,
  );
  const width = Math.max(...rows.map(([flag]) => flag.length));
  const lines = [what, "", `Usage: ${usage}`];
  if (command === "run") lines.push("       pos-hub verify | export | info | backup DIR     (--help after each)");
  lines.push("", "Examples:", ...examples.map((example) => `  ${example}`));
  lines.push("", "Options:", ...rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`));
  if (command === "run") {
    const [variable, other] = [variableOf("port"), variableOf("keep-proposals")];
    lines.push(
      "",
      `All but --fresh, --recover, --evil and --evil-seed can be variables (${variable}, ${other}, …;`,
      "better for a secret) or a line of .env in the working directory, which may be the tutorial's ADDR=9000.",
      "Flags beat variables beat .env.",
    );
  }
  return `${lines.join("\n")}\n`;
}
