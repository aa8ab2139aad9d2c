#!/usr/bin/env node
// Starts the bundled program. Written so that an old Node can read it and say what it lacks.

import { existsSync } from "node:fs";

const name = "pos-hub";
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 13)) {
  fail(`needs Node.js 22.13 or newer, and this is ${process.version}: get one from https://nodejs.org/`);
} else if (!existsSync(new URL("../dist/main.js", import.meta.url))) {
  fail("is not built yet: run `npm run build` in its repository");
} else {
  withoutSqliteWarning();
  import("../dist/main.js").catch((error) => fail(`could not start: ${textOf(error).split("\n")[0]}`));
}

/** One line, exit code 1. */
function fail(reason) {
  process.stderr.write(`${name} ${reason}\n`);
  process.exitCode = 1;
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
