// Run by a test in a network of its own, which has one address that is no loopback: starts a hub there, connects more
// often than an address may, and prints how many were let in and what the others were told.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { WebSocket } from "ws";

const [bin = "", address = "", limit = "0", tried = "0"] = process.argv.slice(2);
const args = ["--memory", "--port", "0", "--host", address, "--json", "--max-connections-per-address", limit];
const hub = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "inherit"] });
const [line] = await once(createInterface({ input: hub.stdout }), "line");
const { url } = JSON.parse(String(line));
const reasons = await Promise.all(
  Array.from({ length: Number(tried) }, async () => {
    const socket = new WebSocket(url, ["pos.v1"]);
    return await new Promise<string>((resolve) => {
      socket.on("error", () => {});
      socket.on("message", () => resolve("let in"));
      socket.on("close", (_status, reason) => resolve(reason.toString()));
    });
  }),
);
process.stdout.write(`${JSON.stringify(reasons)}\n`);
hub.kill("SIGKILL");
process.exit();
