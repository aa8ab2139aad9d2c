/** JSON lines as events (DESIGN §10): one object a line, always with `event` and `time`. */
import { Inbox } from "./inbox.ts";
import type { Program } from "./program.ts";

export type AnyEvent = { readonly event: string };
/** What is printed for an event. */
export type Printed<E extends AnyEvent> = E & { readonly time: string };
/** The event of a name, in a union in which some have several names. */
type Named<E extends AnyEvent, N> = E extends AnyEvent ? (N extends E["event"] ? E : never) : never;

export class Events<E extends AnyEvent> {
  readonly #inbox = new Inbox<Printed<E>>();

  constructor(program: Program) {
    void this.#read(program);
  }

  /** All of one name so far, or all. */
  all(): readonly Printed<E>[];
  all<N extends E["event"]>(name: N): readonly Printed<Named<E, N>>[];
  all(name?: string): readonly Printed<E>[] {
    return name === undefined ? this.#inbox.all : this.#inbox.all.filter(({ event }) => event === name);
  }

  /** The first of this name, past or coming, that fits and was not waited for before. */
  async waitFor<N extends E["event"]>(
    name: N,
    fits: (event: Printed<Named<E, N>>) => boolean = () => true,
  ): Promise<Printed<Named<E, N>>> {
    type Wanted = Printed<Named<E, N>>;
    return await this.#inbox.take((event): event is Wanted => event.event === name && fits(event as Wanted));
  }

  async #read({ lines }: Program): Promise<void> {
    try {
      for (;;) this.#inbox.add(eventOf<E>(await lines.take(() => true)));
    } catch (reason) {
      this.#inbox.end(reason instanceof Error ? reason : new Error(String(reason)));
    }
  }
}

/** The further keys are what the program's own types say; what a test looks at, it compares. */
function eventOf<E extends AnyEvent>(line: string): Printed<E> {
  const parsed: Partial<Printed<AnyEvent>> = JSON.parse(line);
  if (typeof parsed.event !== "string") throw new Error(`a line without an event: ${line.slice(0, 300)}`);
  if (new Date(parsed.time ?? "").toISOString() !== parsed.time) throw new Error(`no time in ${line.slice(0, 300)}`);
  return parsed as Printed<E>;
}
