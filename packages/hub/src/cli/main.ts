/** `pos-hub`: understands the command line, does what it asks, and ends with 0 done, 1 failed, 2 wrong usage. */
import { homedir } from "node:os";
import { readDotenv } from "../config/dotenv.ts";
import { type Invocation, readInvocation } from "../config/read-config.ts";
import { dataFilesIn } from "../data/data-files.ts";
import { StoreError } from "../store/store-error.ts";
import { sentenceOfCommandFault } from "../words/command-faults.ts";
import { sentenceOfConfigFault } from "../words/config-faults.ts";
import { sentenceOfStoreFault } from "../words/data-faults.ts";
import { helpText } from "../words/help.ts";
import type { CommandFault } from "./command-fault.ts";
import { endWhenNobodyReads, writeOut } from "./output.ts";
import { VERSION } from "./version.ts";

const FAILED = 1;
const WRONG_USAGE = 2;

/** Each command is loaded when it is asked for: a hub starts faster without the others. */
async function perform(invocation: Invocation): Promise<CommandFault | undefined> {
  // A hub has a chain to close first.
  if (invocation.command !== "run") endWhenNobodyReads();
  switch (invocation.command) {
    case "run":
      return (await import("./run.ts")).run(invocation.config);
    case "help":
      await writeOut(helpText(invocation.about));
      return undefined;
    case "version":
      await writeOut(`pos-hub ${VERSION}\n`);
      return undefined;
    case "verify":
      return (await import("./verify.ts")).verify(invocation.data, invocation.json);
    case "export":
      return (await import("./export.ts")).exportChain(invocation.data, invocation);
    case "info":
      return (await import("./info.ts")).info(invocation.data, invocation.json);
    case "backup":
      return (await import("./backup.ts")).backup(invocation.data, invocation.target);
  }
}

/** The directory that an invocation works on, for messages about its store. */
function dataOf(invocation: Invocation): string | undefined {
  if ("data" in invocation) return invocation.data;
  if (invocation.command !== "run" || invocation.config.data.kind === "memory") return undefined;
  return invocation.config.data.directory;
}

function sentenceOfThrown(thrown: unknown, invocation: Invocation | undefined): string {
  const directory = invocation === undefined ? undefined : dataOf(invocation);
  if (thrown instanceof StoreError) {
    return sentenceOfStoreFault(thrown.fault, directory === undefined ? "the store" : dataFilesIn(directory).chain);
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return `stopped by a mistake in the program, please report it: ${message.split("\n")[0]}`;
}

function end(exitCode: number, sentence: string): void {
  process.stderr.write(`pos-hub: ${sentence}\n`);
  process.exitCode = exitCode;
}

function understand(): ReturnType<typeof readInvocation> {
  const workingDirectory = process.cwd();
  return readInvocation(process.argv.slice(2), {
    name: process.platform,
    environment: process.env,
    homeDirectory: homedir(),
    workingDirectory,
    readDotenv: () => readDotenv(workingDirectory),
  });
}

async function main(): Promise<void> {
  let invocation: Invocation | undefined;
  // Whatever is durable stays so: a hub that stumbles ends, and goes on with its data when it is started again.
  process.on("uncaughtException", (thrown) => {
    end(FAILED, sentenceOfThrown(thrown, invocation));
    process.exit();
  });
  try {
    const understood = understand();
    if (!understood.ok) return end(WRONG_USAGE, sentenceOfConfigFault(understood.error));
    invocation = understood.value;
    // A token that was given as a flag is not for everybody who lists the processes (`ps`).
    if (process.argv.some((word) => word.startsWith("--token"))) process.title = "pos-hub";
    const fault = await perform(invocation);
    if (fault !== undefined) end(FAILED, sentenceOfCommandFault(fault));
  } catch (thrown) {
    end(FAILED, sentenceOfThrown(thrown, invocation));
  }
}

await main();
