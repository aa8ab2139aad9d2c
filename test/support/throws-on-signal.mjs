// Loaded before a program: throws in it, where nobody catches it, as a defect would.
process.on("SIGUSR2", () => {
  throw new Error("something of ours\n    at some.place (file.js:1:1)");
});
