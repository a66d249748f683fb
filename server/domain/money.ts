import { z } from 'zod';

/** An amount in minor units (cents), with its currency. Integers only: money is never a fraction of them. */
export type Money = { amount: number; currency: string };

/** At most 10 trillion minor units, so that sums of a thousand lines stay safe integers. */
const AMOUNT_MAX = 10_000_000_000_00;

export const money = z
  .strictObject({
    amount: z
      .int({
        error: ({ code }) =>
          code === 'invalid_type' ? 'must be a whole number, in minor units such as cents' : undefined,
      })
      .min(0)
      .max(AMOUNT_MAX)
      .meta({ title: 'Amount', description: 'In minor units, such as cents', examples: [1900] }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be three capital letters, such as EUR')
      .meta({ title: 'Currency', description: 'ISO 4217', examples: ['EUR'] }),
  })
  .meta({ title: 'Money' });

/** As `money`, but not zero. */
export const positiveMoney = money.refine((value) => value.amount > 0, {
  path: ['amount'],
  message: 'must be above 0',
});
