// Finds or installs a Chromium for the end-to-end tests; resolves with its path. In this order: a path from the
// environment, an installed browser, Playwright's cache, Debian's package, Playwright's own download.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './install.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

export async function findBrowser() {
  const named = process.env.TIDEMARK_TEST_BROWSER;
  if (named) {
    if (!existsSync(named)) throw new Error(`TIDEMARK_TEST_BROWSER names ${named}, and nothing is there`);
    return named;
  }
  const found = installed() ?? (await cached());
  if (found) return found;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.log('Installing chromium (apt-get) …');
    await run('apt-get', ['update', '-qq']);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const apt = installed();
    if (apt) return apt;
  }
  await run('node_modules/.bin/playwright', ['install', 'chromium']);
  const downloaded = await cached();
  if (downloaded) return downloaded;
  throw new Error('no browser for the end-to-end tests: install chromium, or name one in TIDEMARK_TEST_BROWSER');
}

function installed() {
  for (const name of NAMES) {
    try {
      return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    } catch {
      // Not this one: the next name is tried.
    }
  }
  return undefined;
}

async function cached() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}
