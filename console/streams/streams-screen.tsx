'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import { formatNumberOf } from '#console/format.ts';
import { Screen } from '#console/frame/screen.tsx';
import { useKeys } from '#console/keys/keys.tsx';
import { QueryError } from '#console/query-error.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { useOpenChosen } from '#console/ui/use-chosen.ts';
import { CategoryList } from './category-list.tsx';
import { RecentNote } from './recent-note.tsx';
import { StreamJump } from './stream-jump.tsx';
import { StreamsTable } from './streams-table.tsx';
import { useEnteredStream } from './use-entered-stream.ts';
import { useRecentStreams } from './use-recent-streams.ts';
import { useStreams } from './use-streams.ts';

const SORTS = [
  { value: 'id', label: 'Id' },
  { value: 'last', label: 'Last event' },
  { value: 'growth', label: 'Growth' },
  { value: 'version', label: 'Length' },
] as const;

const PARSERS = {
  category: parseAsString,
  q: parseAsString,
  match: parseAsStringLiteral(['contains', 'prefix'] as const).withDefault('contains'),
  sort: parseAsStringLiteral(['id', 'last', 'growth', 'version'] as const).withDefault('id'),
  /** The selected stream. */
  sel: parseAsString,
};

/** Streams by category and by a part of the id; all by id, those of the newest events in other orders. */
export function StreamsScreen() {
  const [view, setView] = useQueryStates(PARSERS, { history: 'replace', clearOnDefault: true });
  const trpc = useTRPC();
  const categories = useQuery(trpc.streams.categories.queryOptions());
  const byId = view.sort === 'id';
  const listed = useStreams(view, byId, view.sel);
  const recent = useRecentStreams(view, view.sort === 'id' ? null : view.sort);
  const { query, streams } = byId ? listed : recent;
  useKeys([{ keys: '/', label: 'Find a stream', group: 'Streams', run: focusJump }]);

  const total = categories.data?.categories.reduce(
    (sum, item) => sum + (view.category === null || view.category === item.category ? item.streams : 0),
    0,
  );
  const choose = (category: string | null) => void setView({ category, q: null, sel: null }, { history: 'push' });
  const { choosing, open } = useOpenChosen();
  const find = useCallback((q: string | null) => choosing(setView({ q, sel: null })), [choosing, setView]);
  const onEnter = useEnteredStream({
    q: view.q,
    listed: streams.map(({ streamId }) => streamId),
    settled: !query.isFetching,
    selected: view.sel,
    open,
  });
  // The list stands before what narrows it, for whoever comes by Tab; the eye finds them the other way round.
  return (
    <Screen
      title="Streams"
      note={
        total === undefined
          ? undefined
          : `${categories.data?.complete ? '' : 'at least '}${formatNumberOf(total, 'stream')}`
      }
      fill
      bare
    >
      <div className="flex min-h-0 grow flex-col lg:grid lg:grid-cols-[212px_minmax(0,1fr)] lg:grid-rows-[minmax(0,1fr)]">
        <section aria-label="Streams" className="flex min-h-0 min-w-0 flex-col bg-surface">
          <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b px-4 py-1.5">
            <Segmented
              label="Sorted by"
              small
              items={SORTS}
              value={view.sort}
              onChange={(sort) => void setView({ sort })}
            />
            {!byId && recent.query.data && <RecentNote recent={recent.query.data} shown={recent.streams.length} />}
          </div>
          {query.isError && streams.length === 0 ? (
            <QueryError
              title="The streams could not be read"
              error={query.error}
              onRetry={() => void query.refetch()}
              className="m-4"
            />
          ) : query.isPending || (streams.length === 0 && byId && listed.query.hasNextPage) ? (
            <SkeletonLines rows={16} label="streams" className="p-2" />
          ) : streams.length === 0 ? (
            <NoStreams {...view} onClear={() => choose(null)} />
          ) : (
            <StreamsTable
              key={`${view.category} ${view.q} ${view.match} ${view.sort}`}
              streams={streams}
              complete={!byId || !listed.query.hasNextPage}
              growth={!byId}
              onRange={byId ? listed.onRange : undefined}
              selected={view.sel}
              onSelect={(sel) => setView({ sel })}
            />
          )}
        </section>
        <aside
          aria-label="Categories"
          className="order-first min-h-0 overflow-y-auto border-line max-lg:border-b lg:border-e"
        >
          <div className="p-3.5">
            <StreamJump
              key={view.category}
              value={view.q}
              match={view.match}
              onFind={find}
              onMatch={(match) => void setView({ match })}
              onEnter={onEnter}
            />
          </div>
          {categories.isError ? (
            <QueryError
              title="The categories could not be counted"
              error={categories.error}
              onRetry={() => void categories.refetch()}
              className="m-2"
            />
          ) : (
            <CategoryList counts={categories.data} chosen={view.category} onChoose={choose} />
          )}
        </aside>
      </div>
    </Screen>
  );
}

type NoStreamsProps = { category: string | null; q: string | null; match: string; sort: string; onClear(): void };

function NoStreams({ category, q, match, sort, onClear }: NoStreamsProps) {
  if (category === null && q === null) return <EmptyState title="No stream has an event yet." />;
  const where = category === null ? '' : ` in category “${category}”`;
  const among = sort === 'id' ? '' : ' among those of the newest events';
  const what = q === null ? '' : match === 'prefix' ? ` begins with “${q}”` : ` has “${q}” in its id`;
  return (
    <EmptyState
      title={`No stream${where}${among}${what}.`}
      action={<Button onClick={onClear}>Show all streams</Button>}
    />
  );
}

function focusJump() {
  document.querySelector<HTMLElement>('[data-filter-field]')?.focus();
}
