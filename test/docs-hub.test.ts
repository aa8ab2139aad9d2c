// What the pages say of the hub, against a real one: HTTP routes, metrics, limits, codes, the genesis file.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dataFilesIn } from "../packages/hub/src/data/data-files.ts";
import { closeStatusOf, isClosingCode } from "../packages/hub/src/gateway/close-codes.ts";
import { DEFAULT_LIMITS } from "../packages/hub/src/gateway/gateway-options.ts";
import { HTTP_ERRORS } from "../packages/hub/src/gateway/http/http-errors.ts";
import type { Rate } from "../packages/hub/src/gateway/token-bucket.ts";
import { ERROR_CODES, isErrorCode } from "../packages/shared/src/protocol/error-codes.ts";
import { codeOf, fencesOf, readPage, rowsOf, sectionOf } from "../packages/shared/test/support/markdown.ts";
import { startHub } from "./support/hub.ts";
import { run } from "./support/run.ts";
import { temporaryHome } from "./support/temporary-home.ts";

const protocol = readPage("docs/protocol.md");
const operating = readPage("docs/operating.md");

/** The keys of the object that a cell describes, as in `{ blocks, tip }`; undefined where it describes none. */
function keysIn(cell: string): string[] | undefined {
  return /`\{ ([\w, ]+) \}`/.exec(cell)?.[1]?.split(", ");
}

test("a real hub answers the paths of docs/protocol.md as it says", async () => {
  const hub = await startHub();
  const routes = rowsOf(sectionOf(protocol, "HTTP API").body)
    .map(([path, answer = ""]) => ({ path: codeOf(path), answer }))
    .filter(({ path }) => path.startsWith("/"));
  expect(routes.length).toBeGreaterThan(5);
  for (const { path, answer } of routes) {
    const response = await fetch(hub.http + path.replace(/\?.*/, "").replace(":index", "1"));
    const text = await response.text();
    if (path.includes(":index")) {
      // Nobody has proposed anything, so there is no block 1.
      expect(response.status, path).toBe(404);
      expect(JSON.parse(text)).toEqual({ error: { code: "NOT_FOUND", message: expect.any(String) } });
      continue;
    }
    expect(response.status, path).toBe(200);
    const keys = keysIn(answer);
    if (keys !== undefined) expect(Object.keys(JSON.parse(text)), path).toEqual(keys);
  }
});

test("a real hub takes the genesis file of docs/operating.md, and the usual values for the rest", async () => {
  const { body } = sectionOf(operating, "Who may join");
  const example = fencesOf(body).find(({ language }) => language === "json")?.text ?? "";
  const file = join(temporaryHome(), "genesis.json");
  writeFileSync(file, example);
  const hub = await startHub({ round: "30s", args: ["--genesis", file] });
  const usual = rowsOf(body).map(([field, value]) => [codeOf(field), JSON.parse(codeOf(value))]);
  const expected = { ...Object.fromEntries(usual), ...JSON.parse(example) };
  expect(await hub.get("/api/genesis")).toEqual({
    ...expected,
    version: 1,
    createdAt: expect.any(String),
    hub: expect.any(String),
  });
});

test("docs/architecture.md lists every file of a hub's data directory", () => {
  const { body } = sectionOf(readPage("docs/architecture.md"), "What lies on disk");
  const listed = rowsOf(body).map(([file]) => codeOf(file));
  const { directory, ...files } = dataFilesIn("/data");
  expect(listed).toEqual(expect.arrayContaining(Object.values(files).map((file) => file.slice(directory.length + 1))));
});

test("a real hub has just the metrics of docs/operating.md", async () => {
  const hub = await startHub();
  const text = await (await fetch(`${hub.http}/metrics`)).text();
  const written = rowsOf(sectionOf(operating, "Watching it").body).map(([metric]) => codeOf(metric));
  const there = [...text.matchAll(/^# TYPE (pos_hub_\w+)/gm)].map(([, name]) => name);
  expect(written.sort()).toEqual(there.sort());
});

test("the limits of docs/operating.md are options with these usual values", async () => {
  const { stdout } = await run("pos-hub", ["--help"]);
  const rows = rowsOf(sectionOf(operating, "Limits").body);
  expect(rows.length).toBeGreaterThan(0);
  for (const [option, value] of rows) {
    const line = stdout.split("\n").find((each) => each.trim().startsWith(`${codeOf(option)} `));
    expect(line, option).toMatch(new RegExp(`\\(${value}\\)$`));
  }
});

describe("docs/protocol.md", () => {
  test("has every close code with its number", () => {
    const written = rowsOf(sectionOf(protocol, "Close codes").body).map(
      ([number, code]) => `${number} ${codeOf(code)}`,
    );
    const always = Object.keys(ERROR_CODES)
      .filter(isErrorCode)
      .flatMap((code) => (isClosingCode(code) ? [`${closeStatusOf(code)} ${code}`] : []));
    // This one closes only on who goes on in spite of the refusals.
    expect(written.sort()).toEqual([...always, `${closeStatusOf("RATE_LIMITED")} RATE_LIMITED`].sort());
  });

  test("has every error of the HTTP side with its status and meaning", () => {
    const written = rowsOf(sectionOf(protocol, "HTTP API").body)
      .filter(([code]) => !codeOf(code).startsWith("/"))
      .map(([code, status, meaning]) => [codeOf(code), { status: Number(status), meaning }]);
    expect(Object.fromEntries(written)).toEqual(HTTP_ERRORS);
  });

  test("has the gateway's limits", () => {
    const { body } = sectionOf(protocol, "Limits");
    const written = new Map(rowsOf(body).map(([_what, limit, name]) => [codeOf(name), limit]));
    for (const name of ["maxFragments", "maxPieces", "maxWaitingPages"] as const) {
      expect(written.get(name), name).toBe(DEFAULT_LIMITS[name].toLocaleString("en"));
    }
    const limits = DEFAULT_LIMITS;
    const { burst, perSecond } = limits.messages;
    expect(body).toContain(`Each connection has ${burst} tokens, and ${perSecond} a second come back.`);
    const of = ({ burst, perSecond }: Rate) => [burst.toLocaleString("en"), perSecond.toLocaleString("en")] as const;
    const [messages, messagesASecond] = of(limits.messagesOfAddress);
    expect(body).toContain(`together have ${messages} tokens, and ${messagesASecond} a second come back`);
    const [requests, requestsASecond] = of(limits.requestsOfAddress);
    expect(body).toContain(`Each address has ${requests} tokens, and ${requestsASecond} a second come back`);
    expect(body).toContain(`${limits.maxHttpPages} pages are sent at once, ${limits.maxHttpPagesPerAddress} of them`);
    const [[evidence, evidenceASecond], [ofOne, ofOneASecond]] = [of(limits.evidence), of(limits.evidenceOfAddress)];
    expect(body).toContain(`So ${evidenceASecond} pieces a second\nare examined, ${ofOneASecond} of one address`);
    expect(body).toContain(`; ${evidence} and ${ofOne} at once`);
    expect(body).toContain(`more than ${limits.maxUnsentBytes / 1024} KiB of pushes wait`);
    expect(body).toContain(`more than ${limits.maxUnsentTotalBytes / 2 ** 20} MiB wait for all clients`);
    expect(body).toContain(`every ${limits.heartbeatMs / 1000} s`);
    expect(body).toContain(`${limits.maxConnections.toLocaleString("en")} in all`);
    expect(body).toContain(`${limits.maxConnectionsPerAddress.toLocaleString("en")} of one address`);
    expect(protocol).toContain(`has been silent for ${limits.takeOverMs / 1000} s`);
  });
});
