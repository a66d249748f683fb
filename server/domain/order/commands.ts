import { z } from 'zod';
import { money } from '#server/domain/money.ts';

const sku = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .meta({ title: 'SKU', examples: ['TEE-BLK-M'] });
const quantity = z
  .int()
  .min(1)
  .max(100_000)
  .meta({ title: 'Quantity', examples: [2] });
const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .meta({ title: 'Reason', examples: ['changed my mind'] });

const placeOrder = z
  .strictObject({
    customerId: z
      .string()
      .trim()
      .min(1)
      .max(128)
      .meta({ title: 'Customer', examples: ['cus-41d8'] }),
    lines: z
      .array(z.strictObject({ sku, quantity, unitPrice: money.meta({ title: 'Unit price' }) }))
      .min(1)
      .max(500)
      .meta({ title: 'Lines' }),
    recipient: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ title: 'Recipient', examples: ['Ada Lovelace'], sensitive: true, personal: 'customerId' }),
    deliveryAddress: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .optional()
      .meta({
        title: 'Delivery address',
        examples: ['12 St James’s Square, London'],
        sensitive: true,
        personal: 'customerId',
      }),
  })
  .superRefine(({ lines }, context) => {
    for (const [index, line] of lines.entries()) {
      if (line.unitPrice.currency !== lines[0]?.unitPrice.currency) {
        const path = ['lines', index, 'unitPrice', 'currency'];
        context.addIssue({ code: 'custom', path, message: 'must be the currency of the first line' });
      }
      if (lines.findIndex((other) => other.sku === line.sku) < index) {
        context.addIssue({
          code: 'custom',
          path: ['lines', index, 'sku'],
          message: 'stands on two lines; add the quantities',
        });
      }
    }
  });

const nothing = z.strictObject({});

/** Each command's data, by type. */
export const orderCommands = {
  PlaceOrder: placeOrder.meta({ title: 'Place an order', description: 'Opens an order with its lines.' }),
  ConfirmOrder: nothing.meta({ title: 'Confirm an order', description: 'Stock and payment are settled.' }),
  CancelOrder: z
    .strictObject({ reason })
    .meta({ title: 'Cancel an order', description: 'Possible until it is shipped.' }),
  ShipOrder: z
    .strictObject({
      carrier: z
        .string()
        .trim()
        .min(1)
        .max(64)
        .meta({ title: 'Carrier', examples: ['DHL'] }),
      trackingNumber: z
        .string()
        .trim()
        .min(1)
        .max(128)
        .meta({ title: 'Tracking number', examples: ['00340434161094042557'], sensitive: true }),
    })
    .meta({ title: 'Ship an order', description: 'A confirmed order leaves the house.' }),
  DeliverOrder: nothing.meta({ title: 'Deliver an order', description: 'A shipped order has arrived.' }),
  ReturnOrder: z
    .strictObject({
      lines: z.array(z.strictObject({ sku, quantity })).min(1).max(500).meta({ title: 'Lines' }),
      reason,
    })
    .meta({ title: 'Return of an order', description: 'Some or all of what was delivered comes back.' }),
};

/** A command for an order, as its decider sees it. */
export type OrderCommand = {
  [Type in keyof typeof orderCommands]: {
    commandType: Type;
    streamId: string;
    data: z.output<(typeof orderCommands)[Type]>;
    receivedAt: string;
    actor: string;
  };
}[keyof typeof orderCommands];
