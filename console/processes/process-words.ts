import type { StatusKind } from '#console/ui/status-shape.tsx';
import type { ProcessRow } from '#server/processes/processes.ts';

/** An event of a process as a step: `FulfilmentStockReserved` → `stock reserved`. */
export function stepWords(eventType: string, manager: string): string {
  const prefix = manager.toLowerCase();
  const own = eventType.toLowerCase().startsWith(prefix) ? eventType.slice(prefix.length) : eventType;
  return own
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();
}

/**
 * How a process stands by the step that it came to last. One that was broken off fails at nothing, and does not go on
 * either; one that could not undo what it did waits for somebody.
 */
export function standOf(lastEventType: string | null, manager: string): { kind: StatusKind; words: string } {
  const step = lastEventType === null ? 'no step yet' : stepWords(lastEventType, manager);
  switch (step) {
    case 'broken':
      return { kind: 'stopped', words: 'broken off, what it did is undone' };
    case 'cancelled':
      return { kind: 'stopped', words: 'cancelled' };
    case 'failed':
      return { kind: 'held', words: 'could not be undone, somebody must look' };
    default:
      return { kind: 'running', words: step };
  }
}

/** Whether a time of the process is over and was not handled yet, by the clock of the database. */
export function overdue({ timers }: Pick<ProcessRow, 'timers'>, now: number): boolean {
  return timers.some(({ dueAt }) => Date.parse(dueAt) <= now);
}
