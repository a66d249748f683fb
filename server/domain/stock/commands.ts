import { z } from 'zod';

const quantity = z
  .int()
  .min(1)
  .max(10_000_000)
  .meta({ title: 'Quantity', examples: [50] });
const orderId = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .meta({ title: 'Order', examples: ['order-7f3'] });

/** Each command's data, by type. */
export const stockCommands = {
  ReceiveStock: z.strictObject({ quantity }).meta({ title: 'Receive stock', description: 'Goods arrive.' }),
  ReserveStock: z
    .strictObject({ orderId, quantity })
    .meta({ title: 'Reserve stock', description: 'Sets a quantity aside for an order.' }),
  ReleaseReservation: z
    .strictObject({ orderId })
    .meta({ title: 'Release a reservation', description: 'What was set aside for an order is available again.' }),
  DispatchStock: z
    .strictObject({ orderId })
    .meta({ title: 'Dispatch stock', description: 'What was set aside for an order leaves the house.' }),
  AdjustStock: z
    .strictObject({
      delta: z
        .int()
        .min(-10_000_000)
        .max(10_000_000)
        .refine((value) => value !== 0, 'must not be 0')
        .meta({ title: 'Difference', examples: [-2] }),
      reason: z
        .string()
        .trim()
        .min(1)
        .max(500)
        .meta({ title: 'Reason', examples: ['stocktaking'] }),
    })
    .meta({ title: 'Adjust stock', description: 'A count on the shelf corrects the books.' }),
};

/** A command for the stock of one article, as its decider sees it. */
export type StockCommand = {
  [Type in keyof typeof stockCommands]: {
    commandType: Type;
    streamId: string;
    data: z.output<(typeof stockCommands)[Type]>;
    receivedAt: string;
    actor: string;
  };
}[keyof typeof stockCommands];
