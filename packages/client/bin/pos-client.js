#!/usr/bin/env node
// Starts the bundled program. Written so that an old Node can read it and say what it lacks.

import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
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
 * Keeps the program as V8 compiled it in the user's cache (`$XDG_CACHE_HOME` or what the platform has for it), so that it
 * need not be parsed at each start. Where that place cannot be written to, Node goes on without.
 */
function keepCompiled() {
  const { XDG_CACHE_HOME: wanted, LOCALAPPDATA: local } = process.env;
  const caches = {
    darwin: join(homedir(), "Library", "Caches"),
    win32: local || join(homedir(), "AppData", "Local"),
  };
  const cache = wanted?.startsWith("/") ? wanted : (caches[process.platform] ?? join(homedir(), ".cache"));
  nodeModule.enableCompileCache(join(cache, name));
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
