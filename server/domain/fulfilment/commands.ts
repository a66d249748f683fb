import { z } from 'zod';

/** Each command's data, by type. */
export const fulfilmentCommands = {
  StartFulfilment: z
    .strictObject({
      method: z.enum(['card', 'transfer', 'wallet', 'invoice']).meta({ title: 'Payment method' }),
      paymentSeconds: z
        .int()
        .min(1)
        .max(30 * 86_400)
        .default(900)
        .meta({
          title: 'Seconds for the payment',
          description: 'Without a capture by then the order is cancelled',
          examples: [900],
        }),
    })
    .meta({
      title: 'Start the fulfilment of an order',
      description:
        'Reserves stock, has the payment authorized, waits for its capture and confirms; else undoes it all.',
    }),
};

/** A command for a fulfilment, as its decider sees it. */
export type FulfilmentCommand = {
  commandType: 'StartFulfilment';
  streamId: string;
  data: z.output<typeof fulfilmentCommands.StartFulfilment>;
  receivedAt: string;
  actor: string;
};
