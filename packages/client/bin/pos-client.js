#!/usr/bin/env node
// Starts the bundled program. Written so that an old Node can read it and say what it lacks.

import { existsSync } from "node:fs";
import module from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

const name = "pos-client";
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 13)) {
  fail(`needs Node.js 22.13 or newer, and this is ${process.version}: get one from https://nodejs.org/`);
} else if (!existsSync(new URL("../dist/main.js", import.meta.url))) {
  fail("is not built yet: run `npm run build` in its repository");
} else {
  withoutSqliteWarning();
  keepCompiled();
  import("../dist/main.js").catch((error) => fail(`could not start: ${textOf(error).split("\n")[0]}`));
}

/** One line, exit code 1. */
function fail(reason) {
  process.stderr.write(`${name} ${reason}\n`);
  process.exitCode = 1;
}

/**
 * Keeps the program as V8 compiled it in the user's cache (`$XDG_CACHE_HOME` or what the platform has for it), so that it is
 * not parsed anew at each start. Where nothing can be kept, the program starts all the same.
 */
function keepCompiled() {
  try {
    const { XDG_CACHE_HOME: wanted, LOCALAPPDATA: local } = process.env;
    const home = homedir();
    const usual = { darwin: join(home, "Library", "Caches"), win32: local || join(home, "AppData", "Local") };
    const cache = wanted?.startsWith("/") ? wanted : (usual[process.platform] ?? join(home, ".cache"));
    module.enableCompileCache(join(cache, name));
  } catch {
    // A user without a home directory.
  }
}

/** Node announces that its SQLite is new; that is no news to a user. All other warnings stay. */
function withoutSqliteWarning() {
  const emitWarning = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    if (!textOf(warning).startsWith("SQLite is an experimental feature")) emitWarning.call(process, warning, ...rest);
  };
}

function textOf(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
