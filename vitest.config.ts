import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '.next/**', '.data/**', 'e2e/**'];

/** Two projects: `unit` needs nothing, `integration` a real Postgres that `testing/postgres-server.ts` starts. */
export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...exclude, '**/*.int.test.ts'],
          // No test is about time; a busy machine takes seconds for what is a moment's work.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['**/*.int.test.ts'],
          exclude,
          globalSetup: ['./testing/postgres-server.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
