import { writeFileSync } from 'node:fs';
import type { FullConfig } from '@playwright/test';
import { makeOperator, SIGNED_IN, signIn } from './sign-in.ts';

/** Signs in once for all stories; each begins with a browser that has the session. */
export default async function signInOnce({ projects: [project] }: FullConfig): Promise<void> {
  await makeOperator('.data/e2e');
  writeFileSync(SIGNED_IN, JSON.stringify(await signIn(project?.use.baseURL ?? '')), { mode: 0o600 });
}
