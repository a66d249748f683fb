import { readFile } from 'node:fs/promises';
import { expect, expectAccessible, lines, newOrder, test } from './fixtures.ts';

test('find why an order is wrong: search, stream, bisect, event, cause, projection, by keyboard alone', async ({
  page,
  send,
}) => {
  const order = newOrder();
  await send('PlaceOrder', order, { customerId: `cus-why-${order.slice(6)}`, lines });
  await send('ConfirmOrder', order);
  await send('CancelOrder', order, { reason: 'the customer never asked for it' });

  // Search, by a customer's name with a letter too few.
  await page.goto('/search');
  const field = page.getByRole('textbox', { name: 'Search streams and events' });
  await expect(field).toBeFocused();
  await page.keyboard.type(`cus-why-${order.slice(6)}`);
  await expect(page.getByRole('link', { name: new RegExp(order) }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/streams/${order}`));

  // Stream: since when is it cancelled?
  const bisect = page.getByRole('form', { name: 'Bisect' });
  await expect(bisect).toBeVisible();
  await expect(page.getByRole('region', { name: 'State at version 3' }).getByText('"cancelled"')).toBeVisible();
  await page.keyboard.press('b');
  await expect(page.getByLabel('When did this become true?')).toBeFocused();
  await page.keyboard.type('status = ');
  await page.keyboard.press('Enter');
  await expect(bisect.getByText(/needs a value here.*column 9/)).toBeVisible();
  await page.keyboard.type('"confirmed"');
  await page.keyboard.press('Enter');
  await expect(bisect.getByText('First true at')).toBeVisible();
  await expect(page).toHaveURL(/v=2/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('cancelReason exists');
  await page.keyboard.press('Enter');
  await expect(bisect.getByText(/by OrderCancelled/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'State at version 3' }).getByText('"cancelled"')).toBeVisible();

  // Why is the field so? From its name among the fields over time.
  const status = page.getByRole('button', { name: 'status', exact: true });
  await status.focus();
  await page.keyboard.press('Enter');
  const why = page.getByRole('region', { name: 'Why is status so?' });
  await expect(why.getByText('"confirmed" to "cancelled"')).toBeVisible();
  await expect(why.getByText('3 changes in versions 1 to 3')).toBeVisible();
  await expectAccessible(page);

  // The event's cause, and whether every projection has it.
  const correlation = page.getByRole('region', { name: 'Event' }).getByRole('link').nth(2);
  await correlation.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/traces\//);
  await expect(page.getByText(/^CancelOrder led to 1 event in 1 stream/)).toBeVisible();
  await expect(page.getByText('Every projection has all of it.')).toBeVisible();
  await expectAccessible(page);
  const tree = page.getByRole('grid', { name: 'What caused what' });
  await expect(tree.getByText('orders applied')).toBeVisible();
  await tree.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/projections\//);
});

test('a trace is shown along the time and as a graph', async ({ page, deliveredOrder, request }) => {
  const answer = await request.get(`/api/v1/streams/${deliveredOrder}/events`);
  const { events } = (await answer.json()) as { events: { metadata: { correlationId: string } }[] };
  await page.goto(`/traces/${events[2]?.metadata.correlationId}?view=time`);
  await expect(page.getByRole('grid', { name: 'What took how long' }).getByText('OrderShipped')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('radio', { name: 'Graph' }).click();
  await expect(page).toHaveURL(/view=graph/);
  await expect(page.getByRole('link', { name: /OrderShipped/ })).toBeVisible();
  await expectAccessible(page);
  await page.goto('/traces/nothing-has-this');
  await expect(page.getByText('No event and no command has this correlation.')).toBeVisible();
});

test('export the slice: the events of a stream as CSV, all of them, whether the tab stays open or not', async ({
  page,
  context,
  deliveredOrder,
}) => {
  await page.goto(`/streams/${deliveredOrder}?tab=history`);
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByText(`All events of ${deliveredOrder}: 4 events`)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('radio', { name: 'CSV' }).click();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^tidemark-events-\d+\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.trimEnd().split('\r\n')).toHaveLength(5);
  await expect(dialog.getByRole('status').filter({ hasText: /^4 events in .* kept until/ })).toBeVisible();
  await expectAccessible(page);

  // Begun, and the tab closed before it is done: from any other page it is there.
  const begun = page.waitForResponse((answer) => answer.url().includes('exports.start'));
  await dialog.getByRole('button', { name: 'Export again' }).click();
  await begun;
  const other = await context.newPage();
  await page.close();
  await other.goto('/projections');
  await other.getByRole('button', { name: /^Exports: / }).click();
  const kept = other.getByRole('dialog', { name: 'Exports' });
  const rows = kept.getByRole('listitem').filter({ hasText: deliveredOrder });
  await expect(rows.getByRole('link', { name: 'Save the file' })).toHaveCount(2);
  await expectAccessible(other);
  const again = other.waitForEvent('download');
  await rows.first().getByRole('link', { name: 'Save the file' }).click();
  expect(await readFile(await (await again).path(), 'utf8')).toBe(text);
  await rows.getByRole('button', { name: 'Remove' }).first().click();
  await expect(rows).toHaveCount(1);
  await rows.getByRole('button', { name: 'Remove' }).click();
  await expect(rows).toHaveCount(0);
});

test('streams are found by a part of their ids, and sorted by their last event', async ({ page, deliveredOrder }) => {
  await page.goto('/streams');
  const field = page.getByRole('textbox', { name: /Find streams by id/ });
  await expect(page.getByRole('grid', { name: 'Streams' })).toBeVisible();
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await page.keyboard.type(deliveredOrder.slice(8));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/streams/${deliveredOrder}$`));
  await page.goBack();
  await expect(page.getByRole('row', { name: new RegExp(deliveredOrder) })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`q=${deliveredOrder.slice(8)}`));
  await field.fill('no stream has this');
  await expect(page.getByText('No stream has “no stream has this” in its id.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all streams' }).click();
  await page.getByRole('radio', { name: 'Last event' }).click();
  await expect(page.getByText(/of the newest [\d,]+ events, since/)).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(`${deliveredOrder}.*\\+4`) })).toBeVisible();
  await expectAccessible(page);
});
