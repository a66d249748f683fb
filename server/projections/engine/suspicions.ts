import type { Query } from '#db/database.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Inspected } from './inspected.ts';

/** What happened to a version that may explain why a row is not what its events make. */
export type Suspicions = {
  /** The checkpoint was moved by something other than the engine, forward over these positions. */
  movedOver: { from: Position; to: Position; role: string; application: string; at: string }[];
  /** The last position that was handled under an earlier text of the code; null where the text never changed. */
  codeChangedAt: Position | null;
};

export async function readSuspicions(query: Query, { name, version }: Inspected): Promise<Suspicions> {
  const movedOver = await query<Suspicions['movedOver'][number]>(
    `select from_position as from, to_position as to, role_name as role, application_name as application, moved_at as at
     from checkpoint_moves where name = $1 and version = $2 and to_position > from_position order by id`,
    [name, version],
  );
  const [code] = await query<{ at: Position | null }>(
    `select max(from_position) as at from projection_code where name = $1 and version = $2 having count(*) > 1`,
    [name, version],
  );
  return { movedOver, codeChangedAt: code?.at ?? null };
}
