/** The thread that checks pages: takes a job, answers whether all of it is right. Started by page-checkers.ts only. */
import { parentPort, workerData } from "node:worker_threads";
import { networkOf } from "pos-shared/chain/network.ts";
import { speedUpVrf } from "pos-shared/crypto/vrf.ts";
import type { Genesis } from "pos-shared/model/genesis.ts";
import { isPageRight, type PageJob } from "./page-check.ts";

const { genesis }: { genesis: Genesis } = workerData;
const network = networkOf(genesis);
const isFast = speedUpVrf();

parentPort?.on("message", (job: PageJob) => {
  void isFast.then(() => parentPort?.postMessage(isPageRight(network, job)));
});
