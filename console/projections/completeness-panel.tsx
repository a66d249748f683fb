'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatCount, formatMs, formatNumberOf, formatSeconds } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { Button } from '#console/ui/button.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { StatusShape } from '#console/ui/status-shape.tsx';
import type { Completeness } from '#server/projections/inspection.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { accountLines } from './account-lines.ts';
import { verdictOf } from './completeness-model.ts';
import { FindingList } from './finding-list.tsx';
import { useCompleteness } from './use-completeness.ts';

/** Whether every position under the checkpoint is accounted for: counts that add up, and what does not, by name. */
export function CompletenessPanel({ projection }: { projection: ProjectionStatus }) {
  const zone = useZone();
  const { name } = projection;
  const query = useCompleteness(name);
  const { account } = query;
  const again = () => void query.refetch();
  if (query.isPending) return <SkeletonLines rows={8} label="the account of every position" />;
  if (account === null) {
    return <QueryError title="The account could not be made" error={query.error} onRetry={again} />;
  }
  return (
    <div className="flex flex-col gap-4">
      {query.isError ? (
        <QueryError
          title="The account could not be made anew"
          error={query.error}
          dataAt={query.dataUpdatedAt}
          onRetry={again}
        />
      ) : null}
      <Verdict
        data={account}
        aside={
          <>
            <span className="text-ink-3 text-small">
              as of {formatTime(query.dataUpdatedAt, zone)}, made in {formatMs(account.checkedMs)}
            </span>
            <Button onClick={again} disabled={query.isFetching}>
              {query.isFetching ? 'Counting…' : 'Count again'}
            </Button>
          </>
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Account data={account} />
        <HeldPositions data={account} />
      </div>
      <FindingList findings={account.findings} />
      <Skips data={account} zone={zone} />
    </div>
  );
}

const SHAPES = { complete: 'running', incomplete: 'failed', wait: 'working' } as const;

function Verdict({ data, aside }: { data: Completeness; aside: ReactNode }) {
  const { kind, text } = verdictOf(data);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="flex min-w-0 grow basis-64 items-center gap-x-3">
        <StatusShape kind={SHAPES[kind]} size={14} />
        <h2 className="min-w-0 text-verdict">{text}</h2>
      </div>
      {aside}
    </div>
  );
}

function Account({ data }: { data: Completeness }) {
  const { lines, sum, countedTo, addsUp } = accountLines(data);
  return (
    <section
      aria-label="Positions by what became of them"
      className="rounded-card border border-line bg-surface px-4 py-3"
    >
      <h3 className="pb-1 font-semibold">Positions up to the checkpoint</h3>
      <dl>
        {lines.map(({ label, count, meaning, bad }) => (
          <div key={label} className="flex items-baseline gap-3 border-line border-b py-1.5">
            <dt className="min-w-0 grow">
              <span className={bad ? 'font-semibold text-bad' : undefined}>{label}</span>{' '}
              <span className="text-ink-3 text-small">{meaning}</span>
            </dt>
            <dd className={bad ? 'font-semibold text-bad' : 'font-medium'}>{formatCount(count)}</dd>
          </div>
        ))}
        <div className="flex items-baseline gap-3 pt-2">
          <dt className="grow font-semibold">
            Together{' '}
            <span className="font-normal text-ink-3 text-small">
              {addsUp ? 'equal to the position they are counted to' : `they are counted to ${formatCount(countedTo)}`}
            </span>
          </dt>
          <dd className="font-semibold">{formatCount(sum)}</dd>
        </div>
      </dl>
    </section>
  );
}

function HeldPositions({ data: { held, highWaterMark, head, account } }: { data: Completeness }) {
  const { positions, heldBy } = held;
  return (
    <section
      aria-label="Dead and held positions"
      className="flex flex-col gap-2 rounded-card border border-line bg-surface px-4 py-3"
    >
      <h3 className="font-semibold">Dead, or only held</h3>
      <p className="text-ink-2">
        {formatNumberOf(account.dead, 'position is', 'positions are')} dead: a rolled-back append took them, and below
        the mark at {formatCount(highWaterMark)} nothing can still appear.{' '}
        {formatNumberOf(positions, 'position lies', 'positions lie')} between the mark and the head at{' '}
        {formatCount(head)}: an open append may still bring them, so they are not dead.
      </p>
      {heldBy === null ? (
        <p className="text-ink-3">Nothing holds the mark.</p>
      ) : (
        <Banner tone="warn" title={`Postgres process ${heldBy.processId} holds the mark`} evidence={heldBy.query}>
          {heldBy.applicationName || 'An unnamed program'}, {heldBy.state || 'active'}, its transaction open for{' '}
          {formatSeconds(heldBy.openSeconds)}.
        </Banner>
      )}
    </section>
  );
}

function Skips({ data: { skips }, zone }: { data: Completeness; zone: string }) {
  if (skips.length === 0) return <p className="text-ink-3">Nobody has skipped an event.</p>;
  return (
    <section aria-label="Skipped events" className="rounded-card border border-line bg-surface px-4 py-3">
      <h3 className="pb-1 font-semibold">Skipped by somebody</h3>
      <ul>
        {skips.map(({ globalPosition, streamId, actor, reason, at }) => (
          <li key={globalPosition} className="flex flex-wrap gap-x-3 border-line border-t py-1.5">
            <Link className="text-tide hover:underline" href={routes.event(globalPosition)}>
              {formatCount(globalPosition)}
            </Link>
            <span className="mono min-w-0 break-all">{streamId}</span>
            <span className="min-w-0 break-words text-ink-2">
              {actor}, {formatTime(at, zone)}: {reason}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
