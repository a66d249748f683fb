import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const PAGES = ['README.md', 'CONTRIBUTING.md', ...pagesIn('docs'), ...pagesIn('docs/decisions')];

describe('the documentation names what is there', () => {
  test.each(PAGES)('%s', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const folder = join(ROOT, page, '..');
    const linked = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => join(folder, path));
    const named = [
      ...text.matchAll(/`((?:app|bench|bin|console|db|e2e|examples|server|testing)\/[\w./()[\]-]+)`/g),
    ].map(([, path = '']) => join(ROOT, path));
    expect([...linked, ...named].filter((path) => !existsSync(path))).toEqual([]);
  });
});

function pagesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}
