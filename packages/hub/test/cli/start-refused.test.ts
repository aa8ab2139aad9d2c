import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { certificate } from "../gateway/support/certificate.ts";
import { endOf, posHub, startHub } from "../support/cli.ts";
import { filledDirectory } from "../support/filled-directory.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

/** A port of this machine that another program has. */
async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Flags with which no hub can listen, and how it says so. */
const HINDRANCES: readonly (readonly [string, (home: string) => Promise<string[]>, RegExp])[] = [
  ["a port in use", async () => ["--port", String(await takenPort())], /^pos-hub: Port \d+ is in use, /],
  [
    "an address of another machine",
    async () => ["--port", "0", "--host", "192.0.2.1"],
    /^pos-hub: This machine has no address 192\.0\.2\.1\. /,
  ],
  [
    "certificate and key swapped",
    async (home) => {
      const { cert, key } = certificate;
      writeFileSync(join(home, "cert.pem"), key);
      writeFileSync(join(home, "key.pem"), cert);
      return ["--port", "0", "--tls-cert", join(home, "cert.pem"), "--tls-key", join(home, "key.pem")];
    },
    /^pos-hub: The certificate or its key cannot be used: /,
  ],
];

/** Every file below a directory with what is in it. */
function contentOf(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, "base64")]));
}

describe("a hub that cannot listen changes nothing on disk (DESIGN §10)", () => {
  it.each(HINDRANCES)("%s: --fresh leaves the old network where it is", async (_, flagsIn, sentence) => {
    const { directory, data } = filledDirectory(1);
    data.close();
    const flags = await flagsIn(temporaryDirectory());
    const before = contentOf(directory);
    const refused = { code: 1, stdout: [], stderr: [expect.stringMatching(sentence)] };
    expect(await posHub("--data", directory, "--fresh", ...flags)).toEqual(refused);
    expect(await posHub("--data", directory, ...flags)).toEqual(refused);
    expect(contentOf(directory)).toEqual(before);
  });

  it.each(HINDRANCES)("%s: no network is founded, nor its directory made", async (_, flagsIn, sentence) => {
    const home = temporaryDirectory();
    const flags = await flagsIn(temporaryDirectory());
    expect(await posHub("--data", join(home, "data"), ...flags)).toEqual({
      code: 1,
      stdout: [],
      stderr: [expect.stringMatching(sentence)],
    });
    expect(readdirSync(home)).toEqual([]);
  });

  it("says of a second hub on the same data and port who has the data", async () => {
    const directory = join(temporaryDirectory(), "data");
    mkdirSync(directory);
    const first = startHub(["--port", "0", "--data", directory, "--json"]);
    await first.untilLines(2);
    const { url } = first.lines.map((line) => JSON.parse(line)).find(({ event }) => event === "listening");
    expect(await posHub("--data", directory, "--port", new URL(url).port)).toMatchObject({
      code: 1,
      stderr: [
        expect.stringMatching(`^pos-hub: another hub \\(process ${first.process.pid} on .*\\) uses ${directory};`),
      ],
    });
    first.process.kill("SIGINT");
    expect(await endOf(first)).toMatchObject({ code: 0 });
  });
});
