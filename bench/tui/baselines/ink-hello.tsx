/** The least that a program on Ink can be: one line on the alternate screen, as bare as `node` beside a server. */
import { render, Text } from "ink";

render(<Text>hello</Text>, { alternateScreen: true, incrementalRendering: true, exitOnCtrlC: false });
// Until it is ended from outside.
process.stdin.resume();
