import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { __POS_VERSION__: JSON.stringify("0.1.0") },
  test: {
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["packages/*/src/**/*.test.{ts,tsx}", "packages/*/test/**/*.test.{ts,tsx}"] },
      },
      {
        extends: true,
        test: { name: "e2e", include: ["test/**/*.test.{ts,tsx}"], testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
  },
});
