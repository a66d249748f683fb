import { z } from 'zod';
import { positiveMoney } from '#server/domain/money.ts';

const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .meta({ title: 'Reason', examples: ['insufficient funds'] });

/** Each command's data, by type. */
export const paymentCommands = {
  AuthorizePayment: z
    .strictObject({
      orderId: z
        .string()
        .trim()
        .min(1)
        .max(256)
        .meta({ title: 'Order', examples: ['order-7f3'] }),
      amount: positiveMoney.meta({ title: 'Amount' }),
      method: z.enum(['card', 'transfer', 'wallet', 'invoice']).meta({ title: 'Method' }),
    })
    .meta({ title: 'Authorize a payment', description: 'The payer’s bank holds the amount.' }),
  CapturePayment: z
    .strictObject({})
    .meta({ title: 'Capture a payment', description: 'Takes the amount that is held.' }),
  DeclinePayment: z
    .strictObject({ reason })
    .meta({ title: 'Decline a payment', description: 'The payer or the bank refuses it.' }),
  RefundPayment: z
    .strictObject({ amount: positiveMoney.meta({ title: 'Amount' }), reason })
    .meta({ title: 'Refund a payment', description: 'Gives back some or all of what was taken.' }),
};

/** A command for a payment, as its decider sees it. */
export type PaymentCommand = {
  [Type in keyof typeof paymentCommands]: {
    commandType: Type;
    streamId: string;
    data: z.output<(typeof paymentCommands)[Type]>;
    receivedAt: string;
    actor: string;
  };
}[keyof typeof paymentCommands];
