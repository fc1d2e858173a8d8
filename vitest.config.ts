import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,services,simulators}/*/src/**/*.test.ts', 'deploy/src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers only make the tests with real servers wait for one another.
    maxWorkers: 2,
  },
})
