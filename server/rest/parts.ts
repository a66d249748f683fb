import { z } from 'zod';

/** What the answers have in common. */
export const position = z
  .string()
  .regex(/^\d+$/)
  .meta({ description: 'A place in the global order', examples: ['123'] });
export const time = z.iso.datetime();
export const json = z.record(z.string(), z.json());
