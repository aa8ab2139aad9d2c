/**
 * A process that opens an older data directory as a hub does, and stands still at a place within the upgrade until it is
 * killed: `node upgrading-child.ts DIRECTORY PLACE`. The place is the beginning of a statement that is then not run, or
 * `arrival N`: in the midst of the copy, when that proposal is there. Says `stopped` once it is there.
 */
import { writeSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { openHubData } from "../../src/data/open-hub-data.ts";
import { dataConfig, NOW_MS } from "./data-config.ts";

const COPY = "INSERT INTO proposals";
const [, , directory = "", place = ""] = process.argv;
const arrival = /^arrival (\d+)$/.exec(place)?.[1];
const run = DatabaseSync.prototype.exec;

function stop(): null {
  writeSync(1, "stopped\n");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  return null;
}

DatabaseSync.prototype.exec = function exec(sql) {
  const at = sql.indexOf(arrival === undefined ? place : COPY);
  if (at < 0) return run.call(this, sql);
  run.call(this, sql.slice(0, at));
  if (arrival === undefined) return void stop();
  this.function("stop", stop);
  run.call(
    this,
    `CREATE TEMP TRIGGER midst AFTER INSERT ON main.proposals WHEN new.arrival = ${arrival} BEGIN SELECT stop(); END`,
  );
  return run.call(this, sql.slice(at));
};

const result = openHubData(dataConfig(directory), NOW_MS);
writeSync(1, `${result.ok ? "opened" : JSON.stringify(result.error)}\n`);
