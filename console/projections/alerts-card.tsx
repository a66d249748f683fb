'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatBound, formatSeconds } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { StatusShape } from '#console/ui/status-shape.tsx';
import type { Alert } from '#server/alerts/alerts.ts';

const SHOWN = 10;

/** Alerts, open ones first as the newest are, each from raised to resolved, and whether the webhook was told. */
export function AlertsCard() {
  const trpc = useTRPC();
  const query = useQuery(trpc.projections.alerts.queryOptions({ limit: SHOWN }, { refetchInterval: 2000 }));
  return (
    <section aria-label="Alerts" className="rounded-card border border-line bg-surface">
      <h2 className="px-4 py-2.5 font-semibold">Alerts</h2>
      {query.isPending ? <SkeletonLines rows={3} label="alerts" /> : null}
      {query.isError && query.data === undefined ? (
        <QueryError
          title="Alerts could not be read"
          error={query.error}
          onRetry={() => void query.refetch()}
          className="mx-3 mb-3"
        />
      ) : null}
      {query.data?.alerts.length === 0 ? (
        <p className="px-4 pb-3 text-ink-3">No projection was ever further behind than its objective.</p>
      ) : null}
      <ul>
        {query.data?.alerts.map((alert) => (
          <AlertRow key={alert.alertId} alert={alert} />
        ))}
      </ul>
    </section>
  );
}

function AlertRow({ alert }: { alert: Alert }) {
  const zone = useZone();
  const { projection, objectiveSeconds, worstSeconds, message, raisedAt, resolvedAt } = alert;
  return (
    <li className="flex items-start gap-3 border-line border-t px-4 py-2">
      <StatusShape kind={resolvedAt === null ? 'held' : 'stopped'} className="mt-1" />
      <div className="min-w-0">
        <p className="break-words">
          <Link className="font-medium text-tide underline" href={routes.projection(projection)}>
            {projection}
          </Link>{' '}
          up to {formatSeconds(worstSeconds)} behind, objective {formatBound(objectiveSeconds)}
        </p>
        <p className="break-words text-ink-2 text-small">When it was raised: {message}</p>
        <p className="text-ink-3 text-small">
          Raised {formatTime(raisedAt, zone)},{' '}
          {resolvedAt === null ? 'still open' : `resolved ${formatTime(resolvedAt, zone)}`}. {toldWords(alert)}
        </p>
      </div>
    </li>
  );
}

function toldWords({ deliveries }: Alert): string {
  if (deliveries.length === 0) return 'No webhook is set.';
  const failed = deliveries.filter(({ state }) => state === 'given_up').length;
  const pending = deliveries.filter(({ state }) => state === 'pending').length;
  if (failed > 0) return 'The webhook could not be told.';
  return pending > 0 ? 'The webhook is being told.' : 'The webhook was told.';
}
