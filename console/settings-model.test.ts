import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, formatSettings, parseSettings } from './settings-model.ts';

test('settings survive the cookie', () => {
  const settings = { theme: 'dark', zone: 'America/Argentina/Buenos_Aires', rail: 'narrow', keys: 'off' } as const;
  expect(parseSettings(formatSettings(settings))).toEqual(settings);
  expect(formatSettings(DEFAULT_SETTINGS)).toBe('');
});

test('a cookie that somebody bent gives the defaults', () => {
  expect(parseSettings('theme=<script>&zone=../../etc&rail=9&keys=')).toEqual(DEFAULT_SETTINGS);
  expect(parseSettings(undefined)).toEqual(DEFAULT_SETTINGS);
});
