import { append } from './append.ts';
import { fulfilment } from './fulfilment.ts';
import type { Measurement } from './measurement.ts';
import { order } from './order.ts';
import { poison } from './poison.ts';
import { rebuild } from './rebuild.ts';
import { takeover } from './takeover.ts';

/** Every measurement by its name on the command line. */
export const MEASUREMENTS: Record<string, Measurement> = { append, order, fulfilment, poison, rebuild, takeover };
