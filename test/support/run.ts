import { type Ended, Program, type ProgramName, type ProgramOptions } from "./program.ts";
import { temporaryHome } from "./temporary-home.ts";

export interface RunOptions extends Partial<ProgramOptions> {
  /** All of its standard input. */
  readonly input?: string | Buffer;
}

/** Runs a program to its end. */
export async function run(name: ProgramName, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { input = "", home = temporaryHome(), ...rest } = options;
  const program = new Program(name, args, { home, ...rest });
  program.write(input);
  program.endInput();
  return await program.ended;
}
