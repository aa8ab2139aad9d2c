import { FLAG_NAMES, OPTIONS, SETTING_NAMES } from "../config/options.ts";

const COLUMN = 24;

const USAGE = `pos-client: a validator of a proof-of-stake network, in this terminal

Usage
  pos-client [OPTIONS]              stake, propose and verify
  pos-client verify [FILE|URL]      check a chain: an exported one, evidence, or a hub's
  pos-client compare [FILE|URL]     compare what was verified here with what somebody else was shown; alone it
                                    prints what others can compare with
  pos-client evidence submit FILE   hand in what proves a validator's offence
  pos-client blocks [FROM-TO]       print the chain
  pos-client keys                   this machine's identities; "keys export NAME" prints one with its
                                    secret, "keys import FILE" takes one over (- for standard input)
  pos-client config                 the settings; "config set KEY VALUE", "config get KEY",
                                    "config reset KEY", "config reset all"
`;

const EXAMPLES = `
Examples
  pos-client --stake 100                         join the hub on this machine and stake 100 tokens
  pos-client --hub 192.168.1.5 --name anna       join a hub elsewhere, as anna
  pos-client --bots 3 --stake 50 --auto-bpm      three validators that play by themselves
  echo 72 | pos-client --stake 100               propose one BPM and tell what became of it
  pos-client --spectate --json                   watch, as JSON lines
  pos-client config set hub 192.168.1.5:9000     from now on this hub
`;

/** What `--help` prints. */
export function helpText(): string {
  const options = FLAG_NAMES.map((name) => {
    const { placeholder, help } = OPTIONS[name];
    return line(`--${name}${placeholder === undefined ? "" : ` ${placeholder}`}`, help);
  });
  options.push(line("--help, -h", "this text"), line("--version, -v", "the version"));
  const places =
    "\nA flag beats its variable (--auto-bpm: POS_CLIENT_AUTO_BPM), which beats the file .env here, which beats the\n" +
    `settings (${SETTING_NAMES.join(", ")}).\n`;
  return `${USAGE}\nOptions\n${options.join("\n")}\n${places}${EXAMPLES}`.trimEnd();
}

function line(left: string, right: string): string {
  return `  ${left.padEnd(COLUMN)}${right}`;
}
