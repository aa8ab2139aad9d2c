import { readdirSync, readFileSync } from "node:fs";

const NS_PER_US = 1_000;

/** CPU time of this process so far, user and system, all threads, in microseconds. */
export function ownCpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** CPU time of another process so far, all its threads that still run, in microseconds (Linux: /proc). */
export function cpuMicrosOf(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  const ns = readdirSync(tasks).map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, "utf8").split(" ")[0]));
  return ns.reduce((sum, one) => sum + one, 0) / NS_PER_US;
}

/** Resident memory of a process in bytes, seen from outside (Linux: /proc). */
export function residentBytesOf(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  if (match === null) throw new Error(`no memory of process ${pid} to be seen`);
  return Number(match[1]) * 1024;
}

/** Milliseconds of the clock that all processes of this machine share (CLOCK_MONOTONIC). */
export function sharedClockMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
