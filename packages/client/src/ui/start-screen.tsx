/** The validator's terminal: from a session to a screen, and back to the shell as it was. */
import { render } from "ink";
import type { Session } from "../session/session.ts";
import { Keyboard } from "./keyboard.tsx";
import { POP_TITLE, PUSH_TITLE, setTitle } from "./notify/sequences.ts";
import { windowTitle } from "./notify/title.ts";
import { makePerformer } from "./perform-effects.ts";
import { Screen } from "./screen.tsx";
import type { ScreenOptions } from "./screen-options.ts";
import type { Size } from "./state/context.ts";
import type { Effect } from "./state/effects.ts";
import { initialUi } from "./state/ui-state.ts";
import { runClock } from "./store/clock.ts";
import { ScreenStore } from "./store/screen-store.ts";

/** Signals that end the screen, with the exit code that a shell reports for each. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Shows the screen until it is left, and gives the exit code: 0 for `q`, 128 + the signal's number for signals, 1 where
 * something of ours broke (one line on standard error says what). The session goes on: whoever made it stops it.
 */
export async function startScreen(session: Session, options: ScreenOptions): Promise<number> {
  const { stdin = process.stdin, stdout = process.stdout, now = Date.now } = options;
  const { promise: left, resolve: leave } = Promise.withResolvers<number>();
  let perform: (effect: Effect) => void = () => {};
  const store = new ScreenStore({
    session,
    ui: initialUi(options),
    size: sizeOf(stdout),
    isSpectator: options.spectate,
    bell: options.bell,
    now,
    perform: (effect) => perform(effect),
  });
  const write = (sequence: string): void => {
    stdout.write(sequence);
  };
  perform = makePerformer({ session, dispatch: store.dispatch, write, exit: leave, suspend: () => {} });

  const cleanups: (() => void)[] = [];
  for (const [signal, code] of Object.entries(SIGNALS)) {
    const onSignal = (): void => leave(code);
    process.on(signal, onSignal);
    cleanups.push(() => process.off(signal, onSignal));
  }
  const onResize = (): void => store.resize(sizeOf(stdout));
  stdout.prependListener("resize", onResize);
  cleanups.push(() => stdout.off("resize", onResize));
  // The terminal is gone (its pane was closed): nothing more can be shown, and nobody is left to be told.
  stdout.on("error", () => leave(SIGNALS.SIGHUP));
  cleanups.push(session.subscribe(store.readSession));
  cleanups.push(session.onEvent((event) => store.dispatch({ type: "event", event })));

  write(PUSH_TITLE);
  const app = render(
    <>
      <Keyboard dispatch={store.dispatch} />
      <Screen store={store} hasColor={options.color} isAscii={options.ascii} />
    </>,
    {
      stdin,
      stdout,
      alternateScreen: true,
      incrementalRendering: true,
      exitOnCtrlC: false,
      interactive: true,
      patchConsole: false,
    },
  );
  cleanups.push(runClock(store, now, { set: setTimeout, clear: (timer) => clearTimeout(timer as NodeJS.Timeout) }));
  cleanups.push(keepTitle(store, write));
  store.begin();

  let failure: unknown;
  app.waitUntilExit().then(
    () => leave(0),
    (error: unknown) => {
      failure = error;
      leave(1);
    },
  );
  const code = await left;
  for (const cleanup of cleanups) cleanup();
  app.unmount();
  write(POP_TITLE);
  await app.waitUntilExit().catch(() => {});
  if (failure !== undefined) process.stderr.write(`pos-client: the screen broke: ${messageOf(failure)}\n`);
  return code;
}

/** Rows and columns of the terminal; the last row of a Windows console cannot be written without scrolling. */
function sizeOf(stdout: NodeJS.WriteStream): Size {
  const rows = stdout.rows || 24;
  return { columns: stdout.columns || 80, rows: process.platform === "win32" ? rows - 1 : rows };
}

function keepTitle(store: ScreenStore, write: (sequence: string) => void): () => void {
  let shown = "";
  const update = (): void => {
    const title = windowTitle(store.getState());
    if (title === shown) return;
    shown = title;
    write(setTitle(title));
  };
  update();
  return store.subscribe(update);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
