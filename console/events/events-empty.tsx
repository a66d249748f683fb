'use client';

import { useQueries } from '@tanstack/react-query';
import { formatNumberOf } from '#console/format.ts';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { useStreamsLike } from '#console/streams/use-streams-like.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button, ButtonLink } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { activeFilters, type EventsView, filterInput, without } from './events-view.ts';
import { FILTER_NOUN, filterValue } from './filter-chips.tsx';
import type { ChangeView } from './use-events-view.ts';

type Props = { view: EventsView; now: number; onChange: ChangeView };

const STREAMS_MAX = 6;

/**
 * No row: says which filter emptied the table, by asking how many would match without each of them, and takes it away.
 */
export function EventsEmpty({ view, now, onChange }: Props) {
  const trpc = useTRPC();
  const zone = useZone();
  const filters = activeFilters(view);
  const answers = useQueries({
    queries: filters.map((filter) => trpc.events.facets.queryOptions(filterInput(without(view, filter), now))),
  });
  const like = useStreamsLike(view.stream, STREAMS_MAX);
  if (view.stream !== null && like.known && !like.streams.some(({ streamId }) => streamId === view.stream)) {
    return <NoStream view={view} streamIds={like.streams.map(({ streamId }) => streamId)} onChange={onChange} />;
  }
  const removeAll = (
    <Button onClick={() => onChange(filters.reduce((rest, name) => without(rest, name), view))}>
      {filters.length > 1 ? 'Remove all filters' : 'Remove this filter'}
    </Button>
  );
  // Not counted is not none: which filter it is can be said only when all have been asked.
  if (answers.some(({ data }) => data === undefined)) {
    const failed = answers.some(({ isError }) => isError);
    return (
      <EmptyState
        title={`No event matches ${filters.length > 1 ? `these ${filters.length} filters` : 'this filter'}.`}
        action={removeAll}
      >
        {failed && 'Which of them it is could not be counted.'}
      </EmptyState>
    );
  }
  const found = filters
    .map((filter, index) => ({ filter, count: answers[index]?.data?.total ?? 0 }))
    .sort((a, b) => b.count - a.count)[0];

  if (found === undefined) return <EmptyState title="No event matches." />;
  const { filter, count } = found;
  const remove = () => onChange(without(view, filter));
  if (count === 0 && filters.length > 1) {
    return (
      <EmptyState
        title={`No event matches these ${filters.length} filters, nor any ${filters.length - 1} of them.`}
        action={removeAll}
      />
    );
  }
  return (
    <EmptyState
      title={`No event with ${FILTER_NOUN[filter]} “${filterValue(view, filter, zone)}”${filters.length > 1 ? ' beside the other filters' : ''}.`}
      action={<Button onClick={remove}>Remove this filter</Button>}
    >
      {count > 0 && `${formatNumberOf(count, 'event')} without it.`}
    </EmptyState>
  );
}

type NoStreamProps = { view: EventsView; streamIds: readonly string[]; onChange: ChangeView };

/** No stream has the id that is filtered by: those whose ids have it in them. */
function NoStream({ view, streamIds, onChange }: NoStreamProps) {
  const remove = <Button onClick={() => onChange(without(view, 'stream'))}>Remove this filter</Button>;
  return (
    <EmptyState title={`No stream has the id “${view.stream}”.`} action={remove}>
      {streamIds.length > 0 && (
        <>
          <p>Streams that have it in their ids:</p>
          <ul className="mt-1">
            {streamIds.map((stream) => (
              <li key={stream}>
                <button
                  type="button"
                  className="mono min-h-6 text-start text-tide [overflow-wrap:anywhere] hover:underline"
                  onClick={() => onChange({ stream })}
                >
                  {stream}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </EmptyState>
  );
}

/** Nothing was ever recorded: the ways in, each with its shell equivalent. */
export function StoreEmpty() {
  return (
    <EmptyState
      title="No event has been recorded yet."
      action={
        <div className="mt-1 flex flex-wrap gap-2">
          <ButtonLink variant="primary" href={routes.commands()}>
            Send a command
          </ButtonLink>
        </div>
      }
    >
      <p>Events appear here the moment they are recorded. Four ways in:</p>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt>Send a command</dt>
        <dd className="text-ink-3">under Commands, or with any tRPC or REST client</dd>
        <dt>Import a history</dt>
        <dd>
          <code>npm run import -- FILE.ndjson.gz</code>
        </dd>
        <dt>Seed a shop’s history</dt>
        <dd>
          <code>npm run seed -- --events 100000</code>
        </dd>
        <dt>Simulate a shop, live</dt>
        <dd>
          <code>npm run simulate -- --rate 5 --seconds 60</code>
        </dd>
      </dl>
    </EmptyState>
  );
}
