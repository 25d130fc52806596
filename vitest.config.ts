import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Whole runs over all recorded traffic take seconds on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ['test/**/*.test.ts'],
    // Both need something that npm does not bring: an emulator of a provider, a browser.
    exclude: [...configDefaults.exclude, 'test/emulator/**', 'test/browser/**'],
    env: { TZ: 'UTC', NO_COLOR: '1' },
  },
});
