import { append } from './append.ts';
import { catchUp } from './catch-up.ts';
import { command } from './command.ts';
import { comparison } from './comparison.ts';
import { explorer } from './explorer.ts';
import { fulfilment } from './fulfilment.ts';
import { hotStream } from './hot-stream.ts';
import { http } from './http.ts';
import { importEvents } from './import-events.ts';
import { latency } from './latency.ts';
import { loadAggregate } from './load-aggregate.ts';
import type { Measurement } from './measurement.ts';
import { order } from './order.ts';
import { poison } from './poison.ts';
import { promote } from './promote.ts';
import { readStream } from './read-stream.ts';
import { rebuild } from './rebuild.ts';
import { signIn } from './sign-in.ts';
import { sinks } from './sinks.ts';
import { size } from './size.ts';
import { takeover } from './takeover.ts';
import { verdict } from './verdict.ts';

/** Every measurement by its name on the command line. */
export const MEASUREMENTS: Record<string, Measurement> = {
  append,
  'hot-stream': hotStream,
  'read-stream': readStream,
  'load-aggregate': loadAggregate,
  'catch-up': catchUp,
  latency,
  order,
  command,
  http,
  import: importEvents,
  size,
  fulfilment,
  poison,
  rebuild,
  sinks,
  takeover,
  promote,
  comparison,
  verdict,
  'sign-in': signIn,
  explorer,
};
