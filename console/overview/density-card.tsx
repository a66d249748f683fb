'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { formatDate, formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { hueColor } from '#console/ui/event-glyph-model.ts';
import { Skeleton } from '#console/ui/skeleton.tsx';
import { useCategoryHues } from '#console/use-category-hues.ts';
import type { Pulse } from '#server/pulse/pulse.ts';
import { type DensityChart as Chart, lastHour, OTHER, prepareDensity } from './density-chart-model.ts';
import { StaleNote } from './stale-note.tsx';
import { markHolder } from './trouble.ts';

const REFRESH_MS = 5000;

/** Recharts is a third of the page's weight, and nothing above the chart waits for it. */
const DensityChart = dynamic(() => import('./density-chart.tsx').then((module) => module.DensityChart), {
  ssr: false,
  loading: () => <Skeleton className="m-4 h-40" />,
});

/** Events a second over the last hour, by category, with the high-water line. */
export function DensityCard({ pulse }: { pulse: Pulse }) {
  const trpc = useTRPC();
  const zone = useZone();
  const now = Date.parse(pulse.at);
  const density = useQuery(
    trpc.events.density.queryOptions(
      { ...lastHour(now), by: 'category' },
      { refetchInterval: REFRESH_MS, placeholderData: keepPreviousData },
    ),
  );
  const holder = markHolder(pulse);
  const heldSince = holder === null ? null : now - holder.openSeconds * 1000;
  const chart = density.data === undefined ? null : prepareDensity(density.data, heldSince ?? now);
  const hueOf = useCategoryHues();
  const colorOf = (layer: string) => (layer === OTHER ? 'var(--ink-4)' : hueColor(hueOf(layer)));
  return (
    <section
      aria-label="Events a second, last hour"
      className="flex min-w-0 flex-col rounded-card sm:border sm:border-line sm:bg-surface"
    >
      <div className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-1 sm:px-4 sm:pt-2.5 sm:pb-1">
        <h2 className="font-semibold">
          Events a second, last hour{' '}
          <span className="font-normal text-ink-3 text-small">by when they occurred, not when they were recorded</span>
        </h2>
        <ul className="flex flex-wrap gap-x-4 text-small">
          {[...(chart?.layers ?? [])].map((layer) => (
            <li key={layer} className="flex items-center gap-1.5">
              <span aria-hidden className="fill-mark size-2 rounded-[1px]" style={{ background: colorOf(layer) }} />
              {layer}
            </li>
          ))}
        </ul>
      </div>
      {density.isError && density.data !== undefined ? (
        <StaleNote
          dataAt={density.dataUpdatedAt}
          why={readFailure(density.error).message}
          onRetry={() => void density.refetch()}
        />
      ) : density.isError ? (
        <QueryError
          title="The last hour could not be counted"
          error={density.error}
          onRetry={() => void density.refetch()}
          className="mx-4"
        />
      ) : null}
      <div className="relative min-h-[180px] grow max-sm:h-[180px]">
        {chart === null ? null : (
          <DensityChart
            chart={chart}
            colorOf={colorOf}
            zone={zone}
            now={now}
            markLabel={
              heldSince === null ? 'high water' : `high water, held since ${formatTime(heldSince, zone, { now })}`
            }
            held={heldSince !== null}
          />
        )}
        {chart !== null && chart.highest === null ? <QuietHour chart={chart} /> : null}
      </div>
    </section>
  );
}

/** Nothing happened within the hour: says when something last did, and leads there. */
function QuietHour({ chart }: { chart: Chart }) {
  const trpc = useTRPC();
  const zone = useZone();
  const newest = useQuery(trpc.events.list.queryOptions({ direction: 'backward', limit: 1 }));
  const event = newest.data?.events[0];
  if (chart.highest !== null || event === undefined) return null;
  return (
    <p className="absolute inset-x-16 top-1/3 flex flex-wrap justify-center gap-x-2 text-center text-ink-2">
      No event occurred in this hour. The newest recorded one occurred on {formatDate(event.occurredAt, zone)}.
      <Link href={routes.events({ range: 'all' })} className="text-tide underline">
        See all history
      </Link>
    </p>
  );
}
