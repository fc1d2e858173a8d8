import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,services,simulators}/*/src/**/*.test.ts', 'deploy/src/**/*.test.ts', 'test/**/*.test.ts'],
    // Most end in a second; a busy machine may take its time, and waiting for what never comes is rare.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: more workers only make the tests with real servers wait for one another.
    maxWorkers: 2,
  },
})
