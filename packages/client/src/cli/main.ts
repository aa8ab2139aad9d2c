// What bin/pos-client.js starts: reads the command line, and loads only what the command needs.
import { thisPlatform } from "../config/home-dir.ts";
import { type Invocation, readInvocation } from "../config/read-config.ts";
import { helpText } from "../words/help.ts";
import { endSentenceOf } from "../words/storage-failures.ts";
import { endWithReader, type Failure, failed, misused, print, report } from "./print.ts";

endWithReader();
process.on("uncaughtException", endWith);
try {
  const invocation = await readInvocation({
    words: process.argv.slice(2),
    environment: process.env,
    directory: process.cwd(),
    platform: thisPlatform,
  });
  const failure = invocation.ok ? await perform(invocation.value) : misused(invocation.error);
  if (failure !== undefined) report(failure);
} catch (error) {
  endWith(error);
}

/** Nobody is helped by a stack trace; what comes here is a defect, or a machine that gave up. */
function endWith(error: unknown): never {
  report(failed(endSentenceOf(error)));
  process.exit();
}

async function perform(invocation: Invocation): Promise<Failure | undefined> {
  if (invocation.kind !== "command") {
    print(invocation.kind === "help" ? helpText() : `pos-client ${__POS_VERSION__}`);
    return undefined;
  }
  const { command, config, operands } = invocation;
  switch (command) {
    case "keys":
      return (await import("./keys.ts")).keys(config, operands);
    case "config":
      return await (await import("./config.ts")).config(config, operands);
    case "verify":
      return await (await import("./verify.ts")).verify(config);
    case "compare":
      return await (await import("./compare.ts")).compare(config);
    case "evidence":
      return await (await import("./evidence.ts")).evidence(config, operands);
    case "blocks":
      return await (await import("./blocks.ts")).blocks(config);
    case "run":
      return await (await import("./run.ts")).run(config);
  }
}
