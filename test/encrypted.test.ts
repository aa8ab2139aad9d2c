// TLS (DESIGN §10), with both programs as they are released: their bundles load Node's TLS only when it is wanted.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { certificate } from "../packages/hub/test/gateway/support/certificate.ts";
import { startClient } from "./support/client.ts";
import { startHub } from "./support/hub.ts";
import { temporaryHome } from "./support/temporary-home.ts";

it("a client proposes over wss:// to a hub with a certificate that it trusts, and to no other", async () => {
  const home = temporaryHome();
  const [certFile, keyFile] = [join(home, "cert.pem"), join(home, "key.pem")];
  writeFileSync(certFile, certificate.cert);
  writeFileSync(keyFile, certificate.key);
  const hub = await startHub({ round: "1s", args: ["--tls-cert", certFile, "--tls-key", keyFile] });
  expect(hub.url).toMatch(/^wss:/);
  const stranger = startClient(hub.url, { args: ["--name", "eve"] });
  const trusting = startClient(hub.url, {
    args: ["--name", "anna", "--stake", "100"],
    env: { NODE_EXTRA_CA_CERTS: certFile },
  });
  await trusting.events.waitFor("round");
  trusting.type("72");
  expect((await trusting.events.waitFor("winner")).bpm).toBe(72);
  expect(JSON.stringify(await stranger.events.waitFor("disconnected"))).toContain("certificate");
  await trusting.program.stop("SIGTERM");
  await stranger.program.stop("SIGTERM");
  await hub.stop();
});
