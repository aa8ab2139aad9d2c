/** What strangers and validators may do to a hub, as fast as they can. Each goes on until its test is over. */
import { connect as connectSocket, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { Hub } from "./hub.ts";
import { Person } from "./person.ts";
import { RawClient } from "./raw-client.ts";
import { TcpClient } from "./tcp-client.ts";
import { connectAs, startValidator } from "./validator.ts";

const HALF_OPEN = 1_000;
const FLOOD_PER_SECOND = 5_000;

function sockets(hub: Hub, count: number, first: string): Socket[] {
  const { hostname, port } = new URL(hub.url);
  const made = Array.from({ length: count }, () => {
    const socket = connectSocket(Number(port), hostname);
    socket.on("error", () => {});
    if (first !== "") socket.write(first);
    return socket;
  });
  onTestFinished(() => {
    for (const socket of made) socket.destroy();
  });
  return made;
}

/** Does something again and again until the test is over. */
function every(ms: number, what: () => void): void {
  const timer = setInterval(what, ms);
  onTestFinished(() => clearInterval(timer));
}

/** So many of them, each doing the same again and again, over a new connection when it is put out. */
function strangers(hub: Hub, count: number, deed: (client: RawClient) => Promise<void>): void {
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
  });
  const live = async (client: RawClient): Promise<void> => {
    while (!isOver && client.ws.readyState === client.ws.OPEN) await deed(client);
  };
  const comeBack = async (): Promise<void> => {
    while (!isOver) {
      await new RawClient(hub.url)
        .greeted()
        .then(live)
        .catch(() => {});
    }
  };
  for (let i = 0; i < count; i++) void comeBack();
}

/** Begins, and goes on until the test is over. */
export type Attack = (hub: Hub) => void | Promise<void>;

export const ATTACKS: Readonly<Record<string, Attack>> = {
  "nobody hostile, for comparison": () => {},
  "200 handshakes that never end": (hub) => {
    const slow = sockets(hub, 200, "GET / HTTP/1.1\r\nhost: hub\r\n");
    every(500, () => {
      for (const socket of slow) if (socket.writable) socket.write("x-a: b\r\n");
    });
  },
  [`${HALF_OPEN} half-open sockets`]: (hub) => void sockets(hub, HALF_OPEN, ""),
  "a flood of connections": (hub) => {
    every(20, () => {
      for (const socket of sockets(hub, 10, TcpClient.handshake().toString())) setTimeout(() => socket.destroy(), 200);
    });
  },
  "50 readers that never read": async (hub) => {
    for (let i = 0; i < 50; i++) {
      const tcp = new TcpClient(hub.url);
      tcp.write(TcpClient.handshake());
      await tcp.received(1);
      tcp.write(TcpClient.frame(JSON.stringify({ type: "subscribe", id: "s" })));
      await tcp.received(2);
      tcp.socket.pause();
      for (let page = 0; page < 8; page++) {
        tcp.write(TcpClient.frame(JSON.stringify({ type: "blocks", id: `b${page}`, from: 1, limit: 1_000 })));
      }
    }
  },
  "HTTP requests without end": (hub) => {
    let isOver = false;
    onTestFinished(() => {
      isOver = true;
    });
    const ask = async (): Promise<void> => {
      for (const path of ["/api/blocks", "/api/validators", "/metrics", "/"]) {
        await fetch(hub.http + path).then((response) => response.text());
      }
      if (!isOver) await ask();
    };
    for (let i = 0; i < 16; i++) void ask().catch(() => {});
  },
  "spectators who ask for pages and proofs without end": (hub) => {
    const positions = Array.from({ length: 16 }, (_, i) => i);
    strangers(hub, 20, async (client) => {
      const { tip } = await client.ask("blocks", { type: "blocks", from: 1, limit: 1_000 });
      for (let index = 1; index <= tip.index; index++) {
        await client.request({ type: "prove", index, positions, publicKey: null });
        await client.request({ type: "proposals", index, from: 0, limit: 1_000 });
      }
      await client.request({ type: "validators", from: 0, limit: 1_000 });
    });
  },
  "strangers who log in without end": (hub) =>
    strangers(hub, 10, async (client) => {
      for (let i = 0; i < 8; i++) await client.request(new Person().login(client.chainId, "0".repeat(64)));
      await client.logIn(new Person());
      client.ws.terminate();
      await client.closed;
    }),
  "strangers who accuse the innocent": async (hub) => {
    const { client: own, person } = await startValidator(hub);
    await own.openRound();
    const evidence = { kind: "vrf", proposal: person.proposal(own.chainId, own.slot, 72) };
    strangers(hub, 50, async (client) => {
      await client.request({ type: "transact", transaction: { type: "slash", evidence } });
    });
  },
  "accounts that fill the queue of transactions": async (hub) => {
    for (let i = 0; i < 12; i++) {
      const { client, person } = await startValidator(hub);
      const fields = { type: "transfer", to: person.address, amount: 1 };
      const fill = async (): Promise<void> => {
        for (;;) {
          const reply = await client.transactNext(person, fields);
          // Its part of the queue is full, or the connection's budget is spent: it goes on when there is room.
          if (reply.type === "error") await new Promise((resolve) => setTimeout(resolve, 100));
        }
      };
      void fill().catch(() => {});
    }
  },
  [`a validator that sends ${FLOOD_PER_SECOND} messages a second`]: async (hub) => {
    const person = new Person();
    const begin = async (): Promise<void> => {
      const client = await connectAs(hub, person);
      const text = JSON.stringify({ type: "account", id: "f", publicKey: person.publicKey });
      const timer = setInterval(() => {
        for (let i = 0; i < FLOOD_PER_SECOND / 100; i++) client.ws.send(text);
      }, 10);
      onTestFinished(() => clearInterval(timer));
      // Put out for it, it comes back and goes on.
      void client.closed.then(() => {
        clearInterval(timer);
        void begin().catch(() => {});
      });
    };
    await begin();
  },
};
