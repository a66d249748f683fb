import { formatCount } from '#console/format.ts';
import type { JsonObject } from '#server/kernel/json.ts';

/** What an event of `projection-<name>` says that was done, in two words and the name; null for what nobody did. */
export function operatorWords(eventType: string, data: JsonObject, name: string): string | null {
  const version = typeof data.version === 'number' ? `${name} v${data.version}` : name;
  const count = typeof data.count === 'number' ? formatCount(data.count) : '';
  switch (eventType) {
    case 'ProjectionPaused':
      return `paused ${version}`;
    case 'ProjectionResumed':
      return `resumed ${version}`;
    case 'ProjectionThrottled':
      return `throttled ${version}`;
    case 'ProjectionRebuildStarted':
      return `began to build ${version}`;
    case 'ProjectionRebuildCancelled':
      return `cancelled ${version}`;
    case 'ProjectionRewound':
      return `rewound ${version}`;
    case 'ProjectionPromoted':
      return `promoted ${version}`;
    case 'ProjectionRolledBack':
      return `rolled back to ${version}`;
    case 'ProjectionVersionDropped':
      return `dropped ${version}`;
    case 'ParkedEventsRetried':
      return `retried ${count} parked in ${name}`;
    case 'ParkedEventsSkipped':
      return `skipped ${count} in ${name}`;
    case 'ProjectionObjectiveSet':
      return `set the objective of ${name}`;
    default:
      return null;
  }
}
