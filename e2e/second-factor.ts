import { expect, type Page } from '@playwright/test';
import { codeAt } from '#server/identity/totp.ts';

const STEP_MS = 30_000;

/** What an authenticator app shows now, or `steps` of 30 s later. */
export function codeOf(secret: string, steps = 0): string {
  return codeAt(secret, Math.floor(Date.now() / STEP_MS) + steps);
}

/**
 * Sets up an app from what the page shows; resolves with its secret and the recovery codes. It gives the code of the step
 * before, which is taken too, so that the one of now is left for what follows: a code counts once.
 */
export async function setUpApp(page: Page): Promise<{ secret: string; codes: string[] }> {
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  const shown = await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent();
  const secret = (shown ?? '').replaceAll(' ', '');
  await page.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret, -1));
  await page.getByRole('button', { name: 'Confirm' }).click();
  const listed = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(listed).toHaveCount(10);
  return { secret, codes: await listed.allTextContents() };
}
