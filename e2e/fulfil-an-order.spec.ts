import { expect, expectAccessible, newOrder, test } from './fixtures.ts';

test('an order is fulfilled by the process manager, and its stream shows every step', async ({
  page,
  request,
  send,
}) => {
  const order = newOrder();
  const sku = `SKU-${order.slice(6)}`;
  await send('ReceiveStock', `stock-${sku}`, { quantity: 5 });
  await send('PlaceOrder', order, {
    customerId: 'cus-lovelace',
    lines: [{ sku, quantity: 2, unitPrice: { amount: 1900, currency: 'EUR' } }],
  });
  await send('StartFulfilment', `fulfilment-${order}`, { method: 'card', paymentSeconds: 60 });
  const state = async (streamId: string) => {
    const response = await request.get(`/api/v1/streams/${streamId}/state`);
    return ((await response.json()) as { state?: { status?: string } }).state?.status;
  };
  await expect.poll(() => state(`payment-${order.slice(6)}`)).toBe('authorized');
  await send('CapturePayment', `payment-${order.slice(6)}`);
  await expect.poll(() => state(order)).toBe('confirmed');

  await page.goto('/processes');
  await expect(page.getByText('Started, newest first')).toBeVisible();
  await page.getByRole('button', { name: new RegExp(`fulfilment-${order}`) }).press('Enter');
  const steps = page.getByRole('list', { name: `Steps of fulfilment-${order}` });
  await expect(steps.getByRole('link', { name: 'stock reserved' })).toBeVisible();
  await expect(steps.getByRole('link', { name: 'confirmed' })).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/streams/fulfilment-${order}`);
  for (const eventType of [
    'FulfilmentStarted',
    'FulfilmentOrderSeen',
    'FulfilmentStockReserved',
    'FulfilmentPaymentAuthorized',
    'FulfilmentPaymentCaptured',
    'FulfilmentConfirmed',
  ]) {
    await expect(page.getByText(eventType).first()).toBeVisible();
  }
});
