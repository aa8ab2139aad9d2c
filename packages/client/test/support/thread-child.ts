// A program that has nothing to do but wait for a thread's answer. It closes none of its threads.
import { packState } from "../../src/replica/checking/page-check.ts";
import { openPageCheckers } from "../../src/replica/checking/page-checkers.ts";
import { VerifiedChain } from "../../src/replica/verified-chain.ts";
import { hubWithBlocks } from "./chain-of-simulation.ts";

const { network, rounds } = hubWithBlocks(2);
const start = packState(new VerifiedChain(network).head);
const blocks = rounds.map(({ block }) => ({ block, proposals: undefined }));
const isRight = await openPageCheckers(network, 2).check({ start, blocks });
process.stdout.write(`the page is ${isRight ? "right" : "wrong"}\n`);
