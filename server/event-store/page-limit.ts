import { TidemarkError } from '#server/kernel/errors.ts';
import { PAGE_EVENTS_MAX } from './event-store.ts';

/** The size of a page: 1,000 where nothing is said. Throws `bad-request` outside 1 to `PAGE_EVENTS_MAX`. */
export function pageLimit(limit = 1000): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_EVENTS_MAX) {
    throw new TidemarkError('bad-request', `limit must be a whole number from 1 to ${PAGE_EVENTS_MAX}`, {
      field: 'limit',
    });
  }
  return limit;
}
