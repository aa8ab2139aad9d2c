// Biome keeps the directions of imports and the purity of the shared rules (DESIGN §3). A rule that matches nothing
// looks just like a rule that everybody keeps, so each is shown a file that breaks it, and its neighbour that does not.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
const rooms = ["encoding", "crypto", "model", "ledger", "lottery", "evidence", "rules", "chain", "protocol"];

const importing = "lint/style/noRestrictedImports";
const global = "lint/style/noRestrictedGlobals";
const pureCore = "plugin";
const cycle = "lint/suspicious/noImportCycles";
const directions = [importing, global, pureCore, cycle];

type Case = { path: string; code: string; breaks: string | undefined };
const cases: Case[] = [];
/** `where` is a folder, or a file where its name matters. */
function given(where: string, code: string, breaks?: string): void {
  const path = where.endsWith(".ts") ? where : `${where}/case-${cases.length}.ts`;
  cases.push({ path, code, breaks });
}
const imports = (from: string) => `import { a } from "${from}";\nexport const b = a;\n`;
const shared = (room: string) => `packages/shared/src/${room}`;
const hub = (room: string) => `packages/hub/src/${room}`;
const client = (room: string) => `packages/client/src/${room}`;

// Rooms of the shared rules: only to the left.
for (const [at, room] of rooms.entries()) {
  for (const [otherAt, other] of rooms.entries()) {
    if (otherAt !== at) given(shared(room), imports(`../${other}/x.ts`), otherAt < at ? undefined : importing);
  }
  given(shared(room), imports("./own.ts"));
  for (const out of ["node:fs", "fs", "ws", "pos-hub/x.ts", "pos-shared/encoding/x.ts", "../../../hub/src/x.ts"]) {
    given(shared(room), imports(out), importing);
  }
  const onlyCrypto = room === "crypto" ? undefined : importing;
  given(shared(room), imports("node:crypto"), onlyCrypto);
  given(shared(room), imports("@noble/curves/ed25519.js"), onlyCrypto);
  given("packages/shared/src", imports(`./${room}/x.ts`), importing);
}
given(shared("chain/verify"), imports("../../ledger/x.ts"));
given(shared("chain/verify"), imports("../apply-block.ts"));
given(shared("chain/verify"), imports("../../protocol/x.ts"), importing);

// However it is written.
given(shared("ledger"), 'import type { A } from "../chain/x.ts";\nexport const b: A = 1;', importing);
given(shared("ledger"), 'export * from "../chain/x.ts";', importing);
given(shared("ledger"), 'export type { A } from "../chain/x.ts";', importing);
given(shared("ledger"), 'export const c = await import("../chain/x.ts");', importing);
given(shared("ledger"), 'export type T = import("../chain/x.ts").T;', pureCore);

// Purity.
for (const name of "Date performance setTimeout process crypto fetch Intl globalThis console".split(" ")) {
  given(shared("ledger"), `export const b = [${name}];`, global);
}
for (const float of ["Math.random()", "Math.log2(8)", "[Math]", 'Math["random"]', "0.5", "1.0", ".5"]) {
  given(shared("ledger"), `export const b = ${float};`, pureCore);
}
for (const call of ["a.toFixed(2)", 'a.localeCompare("b")', "a.toLocaleString()", "Number.parseFloat(a)"]) {
  given(shared("ledger"), `export const b = (a) => ${call};`, pureCore);
}
for (const pure of ["Math.min(1, 2)", "Math.floor(a / 2)", "1e3", "1_000", "10n ** 9n", "a.toString(16)"]) {
  given(shared("ledger"), `export const b = (a) => [${pure}, a];`);
}
given(shared("ledger/x.test.ts"), `${imports("node:fs")}export const c = Math.random() * 0.5 + Date.now();`);

// The hub.
for (const room of ["cli", "config", "sequencer", "store", "gateway", "telemetry"]) {
  given(hub(room), imports("pos-client/x.ts"), importing);
  given(hub(room), imports("../../../client/src/x.ts"), importing);
  given(hub(room), imports("../../../shared/src/chain/x.ts"), importing);
  given(hub(room), imports("pos-shared/chain/x.ts"));
}
for (const above of ["../gateway/x.ts", "../cli/x.ts", "ws", "node:http"]) {
  given(hub("sequencer"), imports(above), importing);
  given(hub("store"), imports(above), importing);
}
given(hub("store"), imports("../sequencer/x.ts"), importing);
given(hub("sequencer"), imports("../store/x.ts"));
given(hub("gateway"), imports("ws"));
given(hub("store"), imports("node:sqlite"));

// The client.
for (const room of ["cli", "config", "identity", "connection", "replica", "validator", "session", "headless", "ui"]) {
  given(client(room), imports("pos-hub/x.ts"), importing);
  given(client(room), imports("../../../hub/src/x.ts"), importing);
  given(client(room), imports("../../../shared/src/chain/x.ts"), importing);
  given(client(room), imports("pos-shared/chain/x.ts"));
}
for (const room of ["headless", "ui"]) {
  for (const below of ["../connection/x.ts", "../replica/x.ts", "../validator/x.ts", "ws", "node:net"]) {
    given(client(room), imports(below), importing);
  }
  given(client(room), imports("../session/x.ts"));
}
for (const above of ["../connection/x.ts", "../validator/x.ts", "../session/x.ts", "ws"]) {
  given(client("replica"), imports(above), importing);
}
given(client("connection"), imports("../replica/x.ts"));
given(client("session"), imports("../validator/x.ts"));
for (const room of ["config", "identity", "connection", "replica", "validator", "session", "headless"]) {
  for (const screen of ["ink", "react", "react/jsx-runtime", "../ui/x.ts"])
    given(client(room), imports(screen), importing);
}
given(client("ui"), imports("../headless/x.ts"), importing);
given(client("ui"), imports("ink"));
given(client("cli"), 'export const b = await import("../ui/x.tsx");');
given(client("connection"), imports("ws"));

// Everywhere.
given(hub("config/cycle-a.ts"), 'import type { B } from "./cycle-b.ts";\nexport type A = B[];', cycle);
given(hub("config/cycle-b.ts"), 'import type { A } from "./cycle-a.ts";\nexport type B = A[];', cycle);
given(hub("config"), "export const b = (a: any) => a;", "lint/suspicious/noExplicitAny");
given(hub("config"), "export const b = (a?: string) => a!.length;", "lint/style/noNonNullAssertion");
given(hub("config"), "async function f() {}\nf();", "lint/nursery/noFloatingPromises");
given(hub("config"), 'import { join } from "node:path";', "lint/correctness/noUnusedImports");
given(hub("config"), imports("left-pad"), "lint/correctness/noUndeclaredDependencies");
given(hub("config"), `${"// a line\n".repeat(300)}export const b = 1;`, "lint/style/noExcessiveLinesPerFile");

type Report = { diagnostics: { category: string; location: { path: string } }[] };

/** One run of Biome over every case, each in a file of its own below a copy of the configuration. */
async function lintIn(dir: string): Promise<Report> {
  const manifests = ["shared", "hub", "client"].map((name) => `packages/${name}/package.json`);
  const files = cases.map(({ path, code }) => ({ path, code }));
  for (const path of ["biome.jsonc", "scripts/lint", ...manifests]) {
    await cp(join(root, path), join(dir, path), { recursive: true });
  }
  for (const { path, code } of files) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), code);
  }
  const args = [biome, "lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", "."];
  const printed = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: dir, maxBuffer: 2 ** 26 }, (_failed, stdout) => resolve(stdout));
  });
  return JSON.parse(printed);
}

describe("the linter", () => {
  let dir: string;
  const found = new Map<string, Set<string>>();

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "pos-lint-"));
    for (const { category, location } of (await lintIn(dir)).diagnostics) {
      const at = found.get(location.path) ?? new Set();
      found.set(location.path, at.add(category));
    }
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const title = ({ path, code }: Case) => `${dirname(path).replace("packages/", "")}: ${code.split("\n")[0]}`;
  it.each(cases.filter((c) => c.breaks !== undefined).map((c) => [title(c), c] as const))("refuses in %s", (_, c) => {
    expect([...(found.get(c.path) ?? [])]).toContain(c.breaks);
  });
  it.each(cases.filter((c) => c.breaks === undefined).map((c) => [title(c), c] as const))("allows in %s", (_, c) => {
    expect([...(found.get(c.path) ?? [])].filter((category) => directions.includes(category))).toEqual([]);
  });
});
