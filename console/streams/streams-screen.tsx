'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryStates } from 'nuqs';
import { formatNumberOf } from '#console/format.ts';
import { Screen } from '#console/frame/screen.tsx';
import { useKeys } from '#console/keys/keys.tsx';
import { QueryError } from '#console/query-error.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { CategoryList } from './category-list.tsx';
import { StreamJump } from './stream-jump.tsx';
import { StreamsTable } from './streams-table.tsx';
import { useStreams } from './use-streams.ts';

/** Streams in the order of their ids, by category, and from any id on. */
export function StreamsScreen() {
  const [view, setView] = useQueryStates({ category: parseAsString, q: parseAsString }, { history: 'push' });
  const trpc = useTRPC();
  const categories = useQuery(trpc.streams.categories.queryOptions());
  const { query, streams, onRange } = useStreams(view.category, view.q);
  useKeys([{ keys: '/', label: 'Open a stream', group: 'Streams', run: focusJump }]);

  const total = categories.data?.reduce(
    (sum, item) => sum + (view.category === null || view.category === item.category ? item.streams : 0),
    0,
  );
  const choose = (category: string | null) => void setView({ category, q: null });
  return (
    <Screen title="Streams" note={total === undefined ? undefined : formatNumberOf(total, 'stream')} fill bare>
      <div className="flex min-h-0 grow flex-col lg:grid lg:grid-cols-[212px_minmax(0,1fr)] lg:grid-rows-[minmax(0,1fr)]">
        <aside aria-label="Categories" className="min-h-0 overflow-y-auto border-line max-lg:border-b lg:border-e">
          <div className="p-3.5">
            <StreamJump value={view.q} onJump={(q) => void setView({ q })} />
          </div>
          <CategoryList categories={categories.data} chosen={view.category} onChoose={choose} />
        </aside>
        <section aria-label="Streams" className="flex min-h-0 min-w-0 flex-col bg-surface">
          {query.isError && streams.length === 0 ? (
            <QueryError
              title="The streams could not be read"
              error={query.error}
              onRetry={() => void query.refetch()}
              className="m-4"
            />
          ) : query.isPending ? (
            <SkeletonLines rows={16} label="streams" className="p-2" />
          ) : streams.length === 0 ? (
            <NoStreams category={view.category} q={view.q} onClear={() => choose(null)} />
          ) : (
            <StreamsTable
              key={`${view.category} ${view.q}`}
              streams={streams}
              complete={!query.hasNextPage}
              onRange={onRange}
            />
          )}
        </section>
      </div>
    </Screen>
  );
}

function NoStreams({ category, q, onClear }: { category: string | null; q: string | null; onClear(): void }) {
  if (category === null && q === null) return <EmptyState title="No stream has an event yet." />;
  return (
    <EmptyState
      title={q === null ? `No stream in category “${category}”.` : `No stream from “${q}” on.`}
      action={<Button onClick={onClear}>Show all streams</Button>}
    />
  );
}

function focusJump() {
  document.querySelector<HTMLElement>('[data-filter-field]')?.focus();
}
