import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';

/** Who tells the stories: an administrator that has put the second factor off. */
export const OPERATOR = 'operator@local';

export const PASSWORD = 'correct horse battery staple';

/** Where the session of the stories is kept, in the form in which browser contexts take one. */
export const SIGNED_IN = '.data/e2e/signed-in.json';

export type StorageState = Exclude<NonNullable<Parameters<BrowserContext['setStorageState']>[0]>, string>;

/** Makes an operator by the shell, where there is none under the address yet. */
export async function makeOperator(dataDir: string, email = OPERATOR, role = 'admin'): Promise<void> {
  const given = ['create', '--email', email, '--role', role, '--password-stdin'];
  const made = spawn(process.execPath, ['--import', './bin/typescript.mjs', 'server/operator-cli.ts', ...given], {
    env: { ...process.env, TIDEMARK_DATA_DIR: dataDir, DATABASE_URL: '' },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  made.stdin.end(`${PASSWORD}\n`);
  let said = '';
  made.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const [code] = await once(made, 'close');
  if (code !== 0 && !said.includes('email is an operator’s already')) throw new Error(`no operator was made: ${said}`);
}

/** Makes an operator by a link, as who tells the stories: the start of a process quicker than by the shell. */
export async function addOperator(url: string, email: string, role = 'admin'): Promise<void> {
  const { cookie } = cookieOf(JSON.parse(readFileSync(SIGNED_IN, 'utf8')) as StorageState);
  const invited = await post(`${url}/api/v1/operators/invite`, { email, role, reason: 'a story' }, cookie);
  const { link } = (await invited.json()) as { link: string };
  await post(`${url}/api/auth/account`, { link: link.split('#')[1], email, name: '', password: PASSWORD });
}

/** Signs in by password, and puts the second factor off where it is asked for. */
export async function signIn(url: string, email = OPERATOR): Promise<StorageState> {
  const first = await post(`${url}/api/auth/sign-in`, { email, password: PASSWORD });
  const [pair = ''] = first.headers.getSetCookie()[0]?.split(';') ?? [];
  const { next } = (await first.json()) as { next: string };
  if (next === 'enrol') await post(`${url}/api/auth/second-factor/put-off`, {}, pair);
  const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
  const domain = new URL(url).hostname;
  const cookie = {
    name,
    value,
    domain,
    path: '/',
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: 'Lax' as const,
  };
  return { cookies: [cookie], origins: [] };
}

/** The header by which a program comes in as whoever a browser is. */
export function cookieOf({ cookies }: StorageState): { cookie: string } {
  return { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

async function post(url: string, body: object, cookie = ''): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response;
}
