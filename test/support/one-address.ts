// Run by a test in a network of its own, which has one address that is no loopback: starts a hub there, connects more
// often than an address may, and prints how many were let in and what the others were told.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { WebSocket } from "ws";

const [bin = "", address = "", limit = "0", tried = "0"] = process.argv.slice(2);
const args = ["--memory", "--port", "0", "--host", address, "--json", "--max-connections-per-address", limit];
const hub = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "inherit"] });
// Whatever goes wrong here, the hub ends with it.
process.on("exit", () => hub.kill("SIGKILL"));
const url = await new Promise<string>((resolve, reject) => {
  hub.on("close", () => reject(new Error("the hub has ended")));
  createInterface({ input: hub.stdout }).on("line", (line) => {
    const event = JSON.parse(line);
    if (event.event === "listening") resolve(event.url);
  });
});
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
process.exit();
