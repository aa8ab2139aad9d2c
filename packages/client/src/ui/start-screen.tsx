/** The validator's terminal: from a session to a screen, and back to the shell as it was. */
import { render } from "ink";
import type { Session } from "../session/session.ts";
import { type HandOver, Keyboard } from "./keyboard.tsx";
import { runLineMode } from "./lines/line-mode.ts";
import { POP_TITLE, PUSH_TITLE } from "./notify/sequences.ts";
import { keepTitle } from "./notify/title.ts";
import { makePerformer } from "./perform-effects.ts";
import { Screen } from "./screen.tsx";
import type { ScreenOptions } from "./screen-options.ts";
import type { Size } from "./state/context.ts";
import type { Effect } from "./state/effects.ts";
import { initialUi } from "./state/ui-state.ts";
import { runClock } from "./store/clock.ts";
import { ScreenStore } from "./store/screen-store.ts";
import { watchEndings } from "./watch-endings.ts";

/**
 * Shows the screen until it is left, and gives the exit code: 0 for `q`, 128 + the signal's number for signals, 1 where
 * something of ours broke (one line on standard error says what). The session goes on: whoever made it stops it.
 */
export async function startScreen(session: Session, options: ScreenOptions): Promise<number> {
  const { stdout = process.stdout } = options;
  const endings = watchEndings(stdout);
  try {
    if (options.screenReader) return await runLineMode(session, options, endings.left);
    return await showFrames(session, options, endings);
  } finally {
    endings.stopWatching();
    if (endings.failure !== undefined) process.stderr.write(`pos-client: the screen broke: ${endings.failure}\n`);
  }
}

async function showFrames(
  session: Session,
  options: ScreenOptions,
  endings: ReturnType<typeof watchEndings>,
): Promise<number> {
  const { stdin = process.stdin, stdout = process.stdout, now = Date.now } = options;
  const write = (sequence: string): void => {
    stdout.write(sequence);
  };
  let perform: (effect: Effect) => void = () => {};
  let handOver: HandOver | undefined;
  const store = new ScreenStore({
    session,
    ui: initialUi({ ...options, log: session.getState().log }),
    size: sizeOf(stdout),
    isSpectator: options.spectate,
    bell: options.bell,
    now,
    perform: (effect) => perform(effect),
  });
  const suspend = (): void => void stepAside(handOver);
  perform = makePerformer({ session, dispatch: store.dispatch, write, exit: endings.leave, suspend });
  const onResize = (): void => store.resize(sizeOf(stdout));
  // Before Ink's own listener, so that its next frame has the new size.
  stdout.prependListener("resize", onResize);

  // Before the first frame: what is typed until Ink asks for it must not be echoed into the screen.
  if (stdin.isTTY) stdin.setRawMode(true);
  write(PUSH_TITLE);
  const app = render(
    <>
      <Keyboard
        dispatch={store.dispatch}
        onReady={(ready) => {
          handOver = ready;
        }}
      />
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
      // A key's frame waits for the one before it to be this old: half as long as Ink's usual 30 a second.
      maxFps: 60,
      isScreenReaderEnabled: false,
    },
  );
  app.waitUntilExit().then(() => endings.leave(0), endings.fail);
  const stops = [
    () => stdout.off("resize", onResize),
    session.subscribe(store.readSession),
    session.onEvent(store.noteEvent),
    runClock(store, now, { set: setTimeout, clear: clearTimeout }),
    keepTitle(store, write),
  ];
  // The session may have moved on while the screen was being made.
  store.begin();

  const code = await endings.left;
  for (const stop of stops) stop();
  app.unmount();
  write(POP_TITLE);
  await app.waitUntilExit().catch(() => {});
  return code;
}

/** Rows and columns of the terminal; the last row of a Windows console cannot be written without scrolling. */
function sizeOf(stdout: NodeJS.WriteStream): Size {
  const rows = stdout.rows || 24;
  return { columns: stdout.columns || 80, rows: process.platform === "win32" ? rows - 1 : rows };
}

/** Ctrl-Z: gives the terminal back to the shell and stops; goes on where the shell continues it. */
async function stepAside(handOver: HandOver | undefined): Promise<void> {
  if (handOver === undefined || process.platform === "win32") return;
  const { resume } = await handOver();
  process.once("SIGCONT", () => void resume());
  // The whole group, as the terminal itself would do it: npx and npm stand between the shell and this process.
  process.kill(0, "SIGTSTP");
}
