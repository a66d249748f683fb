import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { AppRouter } from '#server/trpc/root.ts';
import { cookieOf, SIGNED_IN, type StorageState } from './sign-in.ts';

type Send = (commandType: string, streamId: string, data?: object) => Promise<void>;

type Fixtures = {
  /** The server's own client, in the session of the browser. */
  tidemark: TRPCClient<AppRouter>;
  /** Sends a command by the server's own client, and waits until both projections have applied it. */
  send: Send;
  /** An order of its own, delivered. */
  deliveredOrder: string;
  /** Fails the test on any error or warning that the browser's console shows. */
  quietConsole: undefined;
};

export const lines = [{ sku: 'TEE-BLK-M', quantity: 2, unitPrice: { amount: 1900, currency: 'EUR' } }];

/** A stream id that no other test has. */
export function newOrder(): string {
  return `order-${randomUUID().slice(0, 8)}`;
}

export const test = base.extend<Fixtures>({
  tidemark: async ({ baseURL }, use) => {
    const headers = cookieOf(JSON.parse(readFileSync(SIGNED_IN, 'utf8')) as StorageState);
    await use(createTRPCClient<AppRouter>({ links: [httpLink({ url: `${baseURL}/api/trpc`, headers })] }));
  },
  send: async ({ tidemark }, use) => {
    await use(async (commandType, streamId, data = {}) => {
      const request = { commandType, streamId, data, waitForMs: 20_000 } as Parameters<
        typeof tidemark.commands.send.mutate
      >[0];
      const receipt = await tidemark.commands.send.mutate(request);
      expect(receipt.outcome).toBe('accepted');
    });
  },
  deliveredOrder: async ({ send }, use) => {
    const streamId = newOrder();
    await send('PlaceOrder', streamId, { customerId: 'cus-lovelace', lines });
    await send('ConfirmOrder', streamId);
    await send('ShipOrder', streamId, { carrier: 'DHL', trackingNumber: '00340434161094042557' });
    await send('DeliverOrder', streamId);
    await use(streamId);
  },
  quietConsole: [
    async ({ page }, use) => {
      const heard: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
      });
      page.on('pageerror', (error) => heard.push(error.message));
      await use(undefined);
      // A refusal, a wrong value and a stream that is not there are answers with a status of 4xx, which Chromium logs by itself.
      expect(heard.filter((text) => !/status of (400|401|403|404|409|422|429)/.test(text))).toEqual([]);
    },
    { auto: true },
  ],
});

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What a theme can break: it changes colours and nothing else, so the rest is asked once. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * Checks the page as it stands against WCAG 2.2 AA: all of it in light, the colours again in dark. The legacy mode looks
 * into no frames of other origins, of which there are none, and opens no page of its own for that; with what passes left
 * out of the result, a look costs a quarter.
 */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const runOnly = colorScheme === 'light' ? STANDARDS : { type: 'rule' as const, values: COLOUR_RULES };
    // The guards round an open menu hand the focus on as they get it, and so are hidden from screen readers.
    const { violations } = await new AxeBuilder({ page })
      .exclude('[data-base-ui-focus-guard]')
      .options({ resultTypes: ['violations'], runOnly })
      .setLegacyMode()
      .analyze();
    const found = violations.map(
      ({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
    expect(found).toEqual([]);
  }
}

export { expect };
