import { append } from './append.ts';
import type { Measurement } from './measurement.ts';
import { order } from './order.ts';

/** Every measurement by its name on the command line. */
export const MEASUREMENTS: Record<string, Measurement> = { append, order };
