import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { codeOf, setUpApp } from './second-factor.ts';
import { addOperator, makeOperator, PASSWORD, type StorageState, signIn } from './sign-in.ts';

const DATA = '.data/e2e';

test.use({ storageState: { cookies: [], origins: [] } });

const STEP_UP = { code: 'step-up-required', detail: 'show the second factor again', status: 403 };

/** An address that no other run has. */
const newEmail = () => `ada-${Date.now()}@example.com`;

/** Gives address and password, as a person does by keyboard. */
async function givePassword(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await expect(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
  await page.keyboard.press('Enter');
}

test('an operator sets up the app at the first sign-in, comes to the page that was asked for, and next time needs its code', async ({
  page,
}) => {
  const email = newEmail();
  await makeOperator(DATA, email, 'operator');
  await page.goto('/projections');
  await expect(page).toHaveURL('/sign-in?next=%2Fprojections');
  await expectAccessible(page);
  await givePassword(page, email);
  await expect(page.getByRole('heading', { name: 'Set up a second factor' })).toBeVisible();
  await expectAccessible(page);
  const { secret } = await setUpApp(page);
  await expectAccessible(page);
  await page.getByRole('checkbox', { name: /I have kept them/ }).check();
  await page.getByRole('button', { name: 'To the console' }).click();
  await expect(page).toHaveURL('/projections');

  await page.getByRole('button', { name: `Account of ${email}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await givePassword(page, email);
  await page.getByRole('textbox', { name: 'Code' }).fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'The code is wrong or was used' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
});

test('who lost the phone signs in with a recovery code, and makes new codes once a second factor was shown again', async ({
  page,
  baseURL,
}) => {
  const email = newEmail();
  await addOperator(baseURL ?? '', email, 'operator');
  await page.goto('/sign-in');
  await givePassword(page, email);
  const { codes } = await setUpApp(page);
  await page.getByRole('checkbox', { name: /I have kept them/ }).check();
  await page.getByRole('button', { name: 'To the console' }).click();
  await page.getByRole('button', { name: `Account of ${email}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await givePassword(page, email);
  await page.getByRole('button', { name: /Use a recovery code/ }).click();
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(codes[0] ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await page.goto('/account/security');
  await expect(page.getByText('9 codes left')).toBeVisible();
  await expect(page.getByText('A recovery code was used')).toBeVisible();
  await expectAccessible(page);

  // Five minutes later the server would ask for the second factor again; here it is made to ask at once.
  await page.route('**/api/auth/recovery-codes', (route) => route.fulfill({ status: 403, json: STEP_UP }), {
    times: 1,
  });
  await page.getByRole('button', { name: 'Make new ones…' }).click();
  await page.getByRole('button', { name: 'Make them' }).click();
  const stepUp = page.getByRole('dialog', { name: 'Show your second factor' });
  await expect(stepUp).toBeVisible();
  await stepUp.getByRole('textbox', { name: 'Code' }).fill('not a code');
  await page.keyboard.press('Enter');
  await expect(stepUp.getByText('The code is wrong or was used.')).toBeVisible();
  await expectAccessible(page);
  await stepUp.getByRole('textbox', { name: 'Code' }).fill(codes[1] ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10);
});

test('ten wrong passwords are slowed, which the page says and counts down; the right one works later', async ({
  page,
  baseURL,
}) => {
  const email = newEmail();
  await addOperator(baseURL ?? '', email, 'admin');
  await page.goto('/sign-in');
  const answer = page.getByRole('alert').filter({ hasText: /is wrong|Too many tries/ });
  for (let wrong = 0; wrong < 10; ) {
    await givePassword(page, email, 'not the password');
    await expect(answer).toBeVisible();
    if ((await answer.textContent())?.includes('is wrong')) wrong += 1;
    else await expect(page.getByText('The next try is taken now')).toBeVisible();
  }
  await givePassword(page, email);
  await expect(page.getByText('Nothing is locked: it only has to wait')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Continue in / })).toBeDisabled();
  await expect(page.getByText('The next try is taken now')).toBeVisible();
  await expectAccessible(page);
  await givePassword(page, email);
  await expect(page.getByRole('heading', { name: 'Set up a second factor' })).toBeVisible();
});

test('a session that is ended elsewhere goes to sign in within 5 s', async ({ page, baseURL, browser }) => {
  const email = newEmail();
  await addOperator(baseURL ?? '', email, 'admin');
  const here: StorageState = await signIn(baseURL ?? '', email);
  await page.context().addCookies(here.cookies);
  await page.goto('/events');
  await expect(page.getByText(/Your second factor is put off/)).toBeVisible();
  const elsewhere = await browser.newContext({ storageState: await signIn(baseURL ?? '', email) });
  const other = await elsewhere.newPage();
  await other.goto('/account/sessions');
  await expectAccessible(other);
  await other.getByRole('button', { name: 'End all others' }).click();
  await expect(other.getByRole('button', { name: 'No other session' })).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fevents/, { timeout: 5000 });
  await elsewhere.close();
});

test('a passkey is made, signs in without a password, and is removed', async ({ page, baseURL }) => {
  const email = newEmail();
  await addOperator(baseURL ?? '', email, 'admin');
  const url = (baseURL ?? '').replace('127.0.0.1', 'localhost');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.context().addCookies((await signIn(url, email)).cookies);
  await page.goto(`${url}/account/security`);
  await page.getByRole('button', { name: 'Add a passkey…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('this laptop');
  await page.getByRole('button', { name: 'Make the passkey' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'this laptop' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: `Account of ${email}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await page.goto(`${url}/account/security`);
  await expect(page.getByText('Signed in with a passkey')).toBeVisible();
  await page.getByRole('button', { name: 'Remove the passkey this laptop' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'this laptop' })).toHaveCount(0);
});

test('somebody is invited, makes an account by the link, and is disabled; a key is made, shown once, and revoked', async ({
  page,
  baseURL,
  browser,
}) => {
  const [email, invited] = [newEmail(), `grace-${Date.now()}@example.com`];
  await addOperator(baseURL ?? '', email, 'admin');
  await page.context().addCookies((await signIn(baseURL ?? '', email)).cookies);
  await page.goto('/settings/operators');
  await page.getByRole('button', { name: 'Invite somebody…' }).click();
  await page.getByRole('textbox', { name: 'Email' }).fill(invited);
  await page.getByRole('textbox', { name: 'Why' }).fill('joins the team');
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = (await page.getByText(/\/welcome#/).textContent()) ?? '';
  await page.getByRole('button', { name: 'Done' }).click();

  const elsewhere = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const other = await elsewhere.newPage();
  await other.goto(link);
  await expect(other.getByRole('textbox', { name: 'Email' })).toHaveValue(invited);
  await expectAccessible(other);
  await other.getByRole('textbox', { name: 'Name' }).fill('Grace');
  await other.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await other.getByRole('button', { name: 'Make the account' }).click();
  await expect(other.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  // A viewer is led to what a viewer may open, and told what is missing elsewhere.
  const pages = other.getByRole('navigation', { name: 'Tidemark' });
  await expect(pages.getByRole('link', { name: 'Search' })).toBeVisible();
  for (const name of ['Operators', 'API keys', 'Audit']) await expect(pages.getByRole('link', { name })).toHaveCount(0);
  await other.goto('/settings/operators');
  await expect(other.getByText('This needs the permission operators.manage, which you do not have')).toBeVisible();
  await expectAccessible(other);

  await page.getByRole('button', { name: `Change ${invited}` }).click();
  await page.getByRole('menuitem', { name: 'Disable…' }).click();
  await page.getByRole('textbox', { name: 'Why' }).fill('left the team');
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(page.getByRole('row', { name: new RegExp(invited) })).toContainText('disabled');
  await expect(other).toHaveURL(/\/sign-in/, { timeout: 5000 });
  await elsewhere.close();
  await expectAccessible(page);

  await page.goto('/settings/keys');
  await page.getByRole('button', { name: 'Make a key…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(`ci ${email}`);
  await page.getByRole('checkbox', { name: 'compare.read' }).uncheck();
  await page.getByRole('textbox', { name: 'Why' }).fill('the pipeline');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByRole('dialog').getByText(/^tmk_/)).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: `Revoke ci ${email}` }).click();
  await page.getByRole('textbox', { name: 'Why' }).fill('enough of it');
  await page.getByRole('button', { name: 'Revoke it' }).click();
  await expect(page.getByRole('row', { name: new RegExp(`ci ${email}`) })).toContainText('revoked');
  await expectAccessible(page);
});
