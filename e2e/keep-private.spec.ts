import { expect, expectAccessible, lines, newOrder, test } from './fixtures.ts';

test('a private field is revealed with a reason, a person is forgotten, and an event is redacted, by keyboard', async ({
  page,
  send,
}) => {
  const order = newOrder();
  const customerId = `cus-${order}`;
  await send('PlaceOrder', order, {
    customerId,
    lines,
    recipient: 'Ada Lovelace',
    deliveryAddress: '12 Square, London',
  });
  const answer = await page.request.get(`/api/v1/events?streamId=${order}`);
  const [placed] = ((await answer.json()) as { events: { globalPosition: string }[] }).events;
  const position = placed?.globalPosition ?? '';

  await page.goto(`/events/${position}`);
  const privacy = page.getByRole('region', { name: 'Privacy' });
  const payload = page.getByRole('region', { name: 'Payload' });
  await expect(privacy).toContainText('recipient and deliveryAddress are masked');
  await expect(payload.getByText('"•••"')).toHaveCount(2);
  await expect(page.getByText('Ada Lovelace')).toHaveCount(0);
  await expectAccessible(page);

  await privacy.getByRole('button', { name: 'Reveal…' }).press('Enter');
  const reveal = page.getByRole('dialog', { name: 'Reveal recipient and deliveryAddress' });
  await reveal.getByRole('textbox', { name: 'Reason' }).fill('the parcel is lost');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(payload).toContainText('Ada Lovelace');
  await privacy.getByRole('button', { name: 'Mask again' }).press('Enter');
  await expect(page.getByText('Ada Lovelace')).toHaveCount(0);

  await privacy.getByRole('button', { name: 'Forget this person…' }).press('Enter');
  const forget = page.getByRole('dialog', { name: `Forget ${customerId}` });
  await expect(forget.getByText('Keys destroyed')).toBeVisible();
  await forget.getByRole('textbox', { name: 'Reason' }).fill('asked for it');
  await forget.getByRole('textbox', { name: /^Type/ }).fill(customerId);
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(privacy).toContainText('were forgotten');
  await expect(payload.getByText('"(forgotten)"')).toHaveCount(2);
  await expect(privacy.getByRole('button', { name: 'Reveal…' })).toHaveCount(0);

  await privacy.getByRole('button', { name: 'Redact…' }).press('Enter');
  const redact = page.getByRole('dialog', { name: /^Redact OrderPlaced/ });
  await expect(redact.getByText('orders v1')).toBeVisible();
  await redact.getByRole('textbox', { name: 'Reason' }).fill('placed by mistake');
  await redact.getByRole('textbox', { name: /^Type/ }).fill(position);
  await page.keyboard.press('Enter');
  await expect(privacy).toContainText('placed by mistake');
  await expect(payload).not.toContainText(customerId);
  await expect(privacy.getByRole('button', { name: 'Redact…' })).toHaveCount(0);

  for (const act of ['privacy.reveal', 'privacy.forget', 'privacy.redact']) {
    await page.goto(`/audit?act=${act}`);
    await expect(page.getByRole('button', { name: act }).first()).toBeVisible();
  }
});
