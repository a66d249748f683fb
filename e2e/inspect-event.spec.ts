import { readFile } from 'node:fs/promises';
import { expect, expectAccessible, test } from './fixtures.ts';

type Recorded = { globalPosition: string; eventId: string; metadata: { correlationId: string } };

test('an event tells what was written and what it is now, what led to it, what it changed and who has it', async ({
  page,
  context,
  request,
  deliveredOrder,
}) => {
  const eventsPath = `/api/v1/streams/${deliveredOrder}/events`;
  const read = async () => ((await (await request.get(eventsPath)).json()) as { events: Recorded[] }).events;
  const delivered = (await read()).at(-1);
  const appended = await request.post(eventsPath, {
    data: {
      expectedVersion: 'any',
      events: [
        {
          eventType: 'OrderReturned',
          schemaVersion: 1,
          data: { sku: 'TEE-BLK-M', quantity: 1, reason: 'too small' },
          metadata: { correlationId: delivered?.metadata.correlationId, causationId: delivered?.eventId },
        },
      ],
    },
  });
  expect(appended.ok()).toBe(true);
  const position = (await read()).at(-1)?.globalPosition ?? '';

  await page.goto(`/events?stream=${deliveredOrder}&sel=${position}`);
  const inspector = page.getByRole('complementary', { name: 'Selected event' });
  await expect(inspector.getByText('Written in schema version 1, shown as version 2.')).toBeVisible();
  const tree = inspector.getByRole('tree', { name: 'Data of OrderReturned' });
  await expect(tree.getByRole('treeitem', { name: /^lines/ })).toBeVisible();
  await inspector.getByText('As written', { exact: true }).click();
  await expect(tree.getByRole('treeitem', { name: /^sku/ })).toContainText('"TEE-BLK-M"');
  await expect(page).toHaveURL(/payload=original/);

  // A path, by keyboard.
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await tree.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('c');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^data\.(sku|quantity|reason)$/);

  await expect(inspector.getByRole('list', { name: 'Caused by' })).toContainText('OrderDelivered');
  await expect(inspector.getByRole('row', { name: /returned/ }).first()).toBeVisible();
  const acknowledged = inspector.getByRole('region', { name: 'Acknowledged by' });
  await expect(acknowledged.getByRole('listitem').filter({ hasText: 'orders' })).toContainText('applied');
  await expectAccessible(page);

  await inspector.getByText('CloudEvent', { exact: true }).click();
  const cloudEvent = inspector.getByRole('region', { name: 'The event as a CloudEvent' });
  await expect(cloudEvent).toContainText('"specversion": "1.0"');
  const download = page.waitForEvent('download');
  await inspector.getByRole('button', { name: /^Save event-/ }).click();
  const saved = JSON.parse(await readFile(await (await download).path(), 'utf8')) as { subject: string };
  expect(saved.subject).toBe(deliveredOrder);
  await inspector.getByText('JSON', { exact: true }).click();
  await expect(inspector.getByRole('region', { name: 'The whole event as JSON' })).toContainText(`"${position}"`);

  // What it is caused by names it as its effect.
  await inspector
    .getByRole('list', { name: 'Caused by' })
    .getByRole('link', { name: /OrderDelivered/ })
    .click();
  await expect(page).toHaveURL(new RegExp(`/events/${delivered?.globalPosition}$`));
  await expect(page.getByRole('list', { name: 'It led to' })).toContainText('OrderReturned');
  await expect(page.getByRole('list', { name: 'Caused by' })).toContainText('DeliverOrder');
  await expectAccessible(page);
});
