/** The command line of a bench: which rows, how often, how it is printed. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { summarize } from "./line.ts";
import { describeMachine, fileSystemOf } from "./machine.ts";
import type { Row, Scale } from "./row.ts";
import { HEADER, jsonOf, textOf } from "./table.ts";

export interface BenchCommand {
  /** As in `npm run bench`. */
  readonly script: string;
  /** In the order of the table. */
  readonly rows: readonly Row[];
}

const helpOf = ({ script, rows }: BenchCommand): string => `npm run ${script} [-- [ROW…] [options]]

Rows: ${rows.map(({ name }) => name).join(", ")}

  --smoke             small sizes, no verdict: does every row run?
  --full              also what takes many minutes
  --repetitions N     turns of ours and of the baseline (5)
  --dir DIR           where durable rows write (node_modules/.cache/pos-bench)
  --json              a JSON object a line
  --help              this text
`;

const USUAL_REPETITIONS = 5;
const SMOKE_REPETITIONS = 1;

/** Measures what the command line asks for and ends the process: 1 where a goal was missed, 2 for wrong usage. */
export async function runBench(command: BenchCommand): Promise<void> {
  const { values, positionals } = parse();
  if (values.help === true) process.stdout.write(helpOf(command));
  else await run(command, values, positionals);
}

type Values = ReturnType<typeof parse>["values"];

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        smoke: { type: "boolean" },
        full: { type: "boolean" },
        repetitions: { type: "string" },
        dir: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error));
  }
}

async function run({ rows }: BenchCommand, options: Values, names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !rows.some((row) => row.name === name));
  if (unknown !== undefined) refuse(`there is no row ${unknown}; there are ${rows.map(({ name }) => name).join(", ")}`);
  const scale: Scale = options.smoke === true ? "smoke" : options.full === true ? "full" : "usual";
  const repetitions = repetitionsOf(options.repetitions, scale);
  const root = options.dir ?? join(import.meta.dirname, "..", "..", "node_modules", ".cache", "pos-bench");
  mkdirSync(root, { recursive: true });
  const note = (text: string): void => void process.stderr.write(`  ${text}\n`);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));
  process.stderr.write(`${describeMachine()}\n`);
  if (options.json !== true) process.stdout.write(`${HEADER}\n`);
  let missed = 0;
  for (const row of rows.filter(({ name }) => names.length === 0 || names.includes(name))) {
    process.stderr.write(`${row.name}\n`);
    if (row.isDurable === true) checkDisk();
    missed += await runRow(row).catch((error) => {
      process.stderr.write(`bench: ${row.name} has failed: ${error instanceof Error ? error.stack : error}\n`);
      return 1;
    });
  }
  // What is still under way somewhere must not keep the bench alive.
  process.exit(missed > 0 ? 1 : 0);

  /** What is durable in memory says nothing; in small nothing is said anyway. */
  function checkDisk(): void {
    const { name, isMemory } = fileSystemOf(root);
    if (isMemory && scale !== "smoke") refuse(`what is durable needs a disk; --dir lies on ${name}, which is memory`);
    note(`writes on ${name}`);
  }

  async function runRow(row: Row): Promise<number> {
    const directory = mkdtempSync(join(root, `${row.name}-`));
    let count = 0;
    try {
      for await (const line of row.run({ scale, repetitions, directory, cache: root, note })) {
        const hasVerdict = scale !== "smoke";
        process.stdout.write(`${options.json === true ? jsonOf(line, hasVerdict) : textOf(line, hasVerdict)}\n`);
        if (hasVerdict && summarize(line).met === "NO") count += 1;
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
    return count;
  }
}

function repetitionsOf(text: string | undefined, scale: Scale): number {
  if (text === undefined) return scale === "smoke" ? SMOKE_REPETITIONS : USUAL_REPETITIONS;
  const repetitions = Number(text);
  if (!Number.isInteger(repetitions) || repetitions < 1) refuse(`--repetitions: an integer from 1 on, not ${text}`);
  return repetitions;
}

function refuse(message: string): never {
  process.stderr.write(`bench: ${message}\n`);
  process.exit(2);
}
