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

/** Whether a time of the process is over and was not handled yet, by the clock of the database. */
export function overdue({ timers }: Pick<ProcessRow, 'timers'>, now: number): boolean {
  return timers.some(({ dueAt }) => Date.parse(dueAt) <= now);
}
