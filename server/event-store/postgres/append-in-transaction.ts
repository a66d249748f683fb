import { channels, type Query } from '#db/database.ts';
import { codeOf, SQL_STATE, toKernelError } from '#db/sql-state.ts';
import type { AppendResult } from '#server/event-store/event-store.ts';
import type { PreparedAppend } from '#server/event-store/prepare-events.ts';
import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import { appendWithin, conflict } from './append.ts';

/**
 * Appends on a connection that is not ours, within the transaction that is open there. The functions find their tables by
 * the search path, so it is set and put back; a rollback puts it back too. Others are told when the caller commits.
 */
export async function appendInTransaction(
  query: Query,
  schema: string,
  request: PreparedAppend,
): Promise<AppendResult> {
  const setPath = `select set_config('search_path', $1, true)`;
  try {
    const [own] = await query<{ path: string }>(`select current_setting('search_path') as path`);
    await query(setPath, [`"${schema}", public`]);
    const result = await appendWithin(query, request);
    await query(`${setPath}, pg_notify($2, '')`, [own?.path ?? '', channels(schema).events]);
    return result;
  } catch (error) {
    // No earlier answer is looked for: the transaction can only be rolled back now.
    if (codeOf(error) === SQL_STATE.uniqueViolation) {
      throw new TidemarkError(
        'event-id-reused',
        'an event id of this append stands already',
        { field: 'events' },
        error,
      );
    }
    const ours = toKernelError(error);
    throw isTidemarkError(ours, 'expected-version-conflict') ? conflict(request, ours) : ours;
  }
}
