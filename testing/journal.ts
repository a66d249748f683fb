import type { RecordedEvent } from '#server/kernel/event.ts';
import { defineProjection, forEachEvent, type Projection } from '#server/projections/define-projection.ts';

/**
 * Writes a row for each event that it sees, with its turn: the primary key tells of any that came twice, the turn of any
 * out of its stream's order. `behave` may throw for an event.
 */
export function journalProjection(
  options: Partial<Projection> & { behave?: (event: RecordedEvent) => void } = {},
): Projection {
  const { behave = () => {}, ...rest } = options;
  return defineProjection({
    name: 'journal',
    version: 1,
    sink: 'sql',
    title: 'Journal',
    categories: ['seen'],
    acknowledges: true,
    tables: [
      `create table journal (
        position bigint primary key,
        stream_id text not null,
        stream_version bigint not null,
        turn bigint generated always as identity,
        made_by int not null
      )`,
    ],
    rows: { table: 'journal', key: 'position' },
    async apply(events, write, { version }) {
      forEachEvent(events, behave);
      await write(
        `insert into journal (position, stream_id, stream_version, made_by)
         select *, $4::int from unnest($1::bigint[], $2::text[], $3::bigint[])`,
        [
          events.map((event) => event.globalPosition),
          events.map((event) => event.streamId),
          events.map((event) => event.streamVersion),
          version,
        ],
      );
    },
    ...rest,
  });
}
