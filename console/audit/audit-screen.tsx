'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { formatNumberOf } from '#console/format.ts';
import { Screen } from '#console/frame/screen.tsx';
import { useKeys } from '#console/keys/keys.tsx';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { AuditEntry } from '#server/audit/audit.ts';
import { AuditEntrySheet } from './audit-entry.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';
import { ExportAudit } from './export-audit.tsx';
import { isFiltered, NO_FILTER, useAudit } from './use-audit.ts';

/** Who did what, why and from where. */
export function AuditScreen() {
  const { view, setView, query, entries } = useAudit();
  useRowKeys(entries, view.sel, (sel) => void setView({ sel }));
  return (
    <Screen title="Audit" note="who did what, why and from where">
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-end justify-between gap-3">
          <AuditFilters view={view} onChange={(next) => void setView(next)} />
          <ExportAudit view={view} />
        </div>
        <div className="flex flex-col gap-0.5">
          <ChainState />
          <NotHere who={view.who} />
        </div>
        {query.isError ? (
          <QueryError
            title="The audit could not be read"
            error={query.error}
            onRetry={() => void query.refetch()}
            dataAt={query.dataUpdatedAt}
          />
        ) : null}
        {query.isPending ? <SkeletonLines rows={12} rowHeight={36} label="audit" /> : null}
        {query.data === undefined ? null : entries.length === 0 ? (
          <Nothing filtered={isFiltered(view)} onClear={() => void setView(NO_FILTER)} />
        ) : (
          <AuditTable entries={entries} selected={view.sel} onOpen={(sel) => void setView({ sel })} />
        )}
        {query.hasNextPage ? (
          <Button className="self-start" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Earlier entries
          </Button>
        ) : null}
        <AuditEntrySheet
          entry={entries.find((entry) => entry.actId === view.sel)}
          onClose={() => void setView({ sel: null })}
        />
      </div>
    </Screen>
  );
}

/** What is on record elsewhere: at the rate at which programs send, a chain of all they do would be the slowest part of it. */
function NotHere({ who }: { who: string | null }) {
  const link = 'text-tide underline';
  return (
    <p className="text-ink-3 text-small">
      Here stands every act of a person but those on their own account. Of a program it has all but the commands that it
      sends and the events that it appends: those carry {who === null ? 'its name' : who} under{' '}
      <Link href={routes.commands({ actor: who })} className={link}>
        Commands
      </Link>{' '}
      and{' '}
      <Link href={routes.events({ actor: who })} className={link}>
        Events
      </Link>
      . Dry runs write nothing, here neither.
    </p>
  );
}

/** One quiet line while the hash chain holds, a banner where it does not. */
function ChainState() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.audit.verify.queryOptions(undefined, { staleTime: 60_000 }));
  if (data === undefined) return null;
  if (data.broken === null) {
    return (
      <p className="text-ink-3 text-small">
        {data.links === 0
          ? 'The hash chain is whole; nothing is in it yet.'
          : `${formatNumberOf(data.links, 'link')} of the hash chain hold. An act makes two: before it is done, and what became of it.`}
      </p>
    );
  }
  const { streamVersion, why } = data.broken;
  return (
    <Banner tone="bad" title={`The hash chain is broken at version ${streamVersion} of audit-operators`}>
      {why}: somebody changed the record by hand. {formatNumberOf(data.links, 'link')} before it hold.
    </Banner>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear(): void }) {
  if (!filtered) {
    return (
      <EmptyState title="No act is on record yet.">
        Here stands what people did, and what programs did to the store and its settings. Sign-ins and changes of an
        account stand under{' '}
        <Link href={routes.security()} className="text-tide underline">
          Account
        </Link>{' '}
        and in the{' '}
        <Link href={routes.streams({ category: 'operator' })} className="text-tide underline">
          streams of operators
        </Link>
        .
      </EmptyState>
    );
  }
  return <EmptyState title="No entry fits the filter." action={<Button onClick={onClear}>Clear the filter</Button>} />;
}

function useRowKeys(entries: readonly AuditEntry[], selected: string | null, open: (sel: string | null) => void) {
  const index = entries.findIndex((entry) => entry.actId === selected);
  const go = (next: number) => {
    const entry = entries[Math.min(Math.max(next, 0), entries.length - 1)];
    if (entry !== undefined) open(entry.actId);
  };
  useKeys([
    { keys: 'j', label: 'Next entry', group: 'Audit', run: () => go(index + 1) },
    { keys: 'k', label: 'Entry before', group: 'Audit', run: () => go(index - 1) },
    {
      keys: '/',
      label: 'Filter the audit',
      group: 'Audit',
      run: () => document.querySelector<HTMLElement>('[data-filter-field]')?.focus(),
    },
  ]);
}
