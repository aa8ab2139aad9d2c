// A whole session, as one sees it: read it to see how the system works. It follows the tutorial's own, in which `nc` asks
// for a token balance, then for BPMs, and announces a winner every 30 seconds.
import { expect, it } from "vitest";
import { play } from "./support/transcript.ts";

it("goes as in the tutorial, from connecting to the winner", async () => {
  const { winner, bpm, chance } = Object.fromEntries(
    await play(`
      # In the first pane the hub: it keeps the chain, opens the rounds and holds the lottery. (go run main.go)
      hub$    pos-hub --port 0 --round 3s --memory
      hub     A new network, classroom: chain HASH.
      hub     The network classroom listens on HUB (page and API: PAGE).
      hub     Network classroom, block 0, a round every 3 s. Nothing is kept on disk.
      hub     In the next pane, as often as you like:
      hub     npx pos-client --hub HUB --stake 100

      # In the second pane a validator. (nc localhost 9000; "Enter token balance:" 100)
      # She gets an address of her own, 1,000 tokens to begin with, and puts 100 of them at stake.
      anna$   pos-client --hub HUB --name anna --stake 100
      anna    connected to HUB as anna (ADDRESS), at block 0
      anna    anna joined with 1,000 tokens
      # Before that she is told what could cost her those.
      anna    anna stakes 100 tokens. Staked tokens burn if your key signs a BPM that is no whole number, two BPMs for one round, or a false draw. This client never does that by itself.
      anna    anna has 100 tokens staked and 900 tokens left
      hub     anna joined with 1000 tokens.
      hub     anna staked: 100 tokens bonded.

      # The first stake opens the first round. Everybody sees when it closes.
      hub     Round 1 is open: 1 validator, 100 tokens at stake.
      anna    round 1 is open until TIME: 1 validator, 100 tokens staked

      # ("Enter a new BPM:" 72) The hub says that it has taken it, and for which round.
      anna>   72
      anna    anna proposes BPM 72 in round 1
      anna    anna: BPM 72 accepted for round 1
      hub     anna proposes 72 BPM.

      # What is no BPM is refused before anything is signed. In the tutorial this costs the stake.
      anna>   abc
      anna    rejected (BPM "abc"): bpm is wrong: expected a whole number, got "abc". [MALFORMED]
      anna>   -40
      anna    rejected (anna, BPM -40): BPM -40 is out of range: enter a whole number from 30 to 220. [BPM_OUT_OF_RANGE]

      # The round closes. Alone in it, she wins; her client has checked the whole block, its draw too.
      # ("winning validator: …")
      hub     Block 1 (round 1): anna wins with 72 BPM.
      anna    block 1 HASH (WORDS) verified in full
      anna    ★ YOU won block 1 as anna with BPM 72 (round 1, chance 100.0%)

      # In the third pane somebody who only watches, in the fourth a second validator, with three times the stake.
      # They see that block 1 is there, and check it themselves.
      guest$  pos-client --hub HUB --spectate
      guest   connected to HUB, watching, at block {seen}
      ben$    pos-client --hub HUB --name ben --stake 300
      ben     connected to HUB as ben (ADDRESS), at block {known}
      ben     ben has 300 tokens staked and 700 tokens left

      # The next round is for both: three of four chances are his.
      anna    round {round} is open until TIME: 2 validators, 400 tokens staked
      ben     round {round} is open until TIME: 2 validators, 400 tokens staked
      anna>   61
      ben>    75
      anna    anna: BPM 61 accepted for round {round}
      ben     ben: BPM 75 accepted for round {round}
      hub     Block {index} (round {round}): {winner} wins with {bpm} BPM.
      guest   ★ {winner} won block {index} with BPM {bpm} (round {round}, chance {chance}%)

      # The end of the input ends a validator, once its round is over; what it staked stays staked.
      anna^D
      anna    stopped
      hub     anna left.
      ben^D
      ben     stopped
      hub^C
      hub     Stopped at block {last}.
    `),
  );
  expect([
    { winner: "anna", bpm: "61", chance: "25.0" },
    { winner: "ben", bpm: "75", chance: "75.0" },
  ]).toContainEqual({ winner, bpm, chance });
});
