// Stands in until the command line is written: answers --version only.
process.stdout.write(`pos-client ${__POS_VERSION__}\n`);
