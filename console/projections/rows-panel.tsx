'use client';

import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import { useTypedText } from '#console/search/use-typed-text.ts';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { InputGroup } from '#console/ui/input.tsx';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { AsOfBar } from './as-of-bar.tsx';
import { ProvenanceSheet } from './provenance-sheet.tsx';
import { RowsTable } from './rows-table.tsx';
import { RowsThenNow } from './rows-then-now.tsx';

/** Keys in quick succession are one question. */
const TYPING_MS = 150;

/** The rows as they stand, as of a moment beside them, and where each comes from. */
export function RowsPanel({ projection }: { projection: ProjectionStatus }) {
  const [view, setView] = useQueryStates({
    row: parseAsString,
    key: parseAsString.withDefault(''),
    after: parseAsString,
    asof: parseAsInteger,
  });
  const write = useCallback((key: string) => void setView({ key: key || null, after: null }), [setView]);
  const { text, setText } = useTypedText(view.key, write, TYPING_MS);
  const trpc = useTRPC();
  const { name } = projection;
  // Whether its rows can be listed at all is known to its code, which answers a question for one of them.
  const probe = useQuery(trpc.readModels.rows.queryOptions({ name, limit: 1 }, { staleTime: 300_000 }));
  if (probe.error !== null && readFailure(probe.error).code === 'bad-request') {
    return (
      <EmptyState title={`A row of ${name} is made by the events of many streams.`}>
        So it has no origin of its own that could be replayed beside it, and is not listed here. What can be proved of{' '}
        {name} is that no position was passed without being counted, and none twice: see Completeness.
      </EmptyState>
    );
  }
  const paging = {
    prefix: view.key,
    onAll: () => write(''),
    after: view.after,
    onAfter: (after: string | null) => void setView({ after }, { history: 'push' }),
    onRow: (row: string) => void setView({ row }, { history: 'push' }),
  };
  return (
    <div className="flex flex-col gap-4">
      <AsOfBar name={name} chosen={view.asof} onChoose={(asof) => void setView({ asof })} />
      <InputGroup
        data-filter-field
        aria-label="Key, or its beginning"
        placeholder="Key, or its beginning"
        value={text}
        before={<Search strokeWidth={1.75} aria-hidden />}
        autoComplete="off"
        spellCheck={false}
        className="max-w-sm"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {view.asof === null ? (
        <RowsTable name={name} {...paging} />
      ) : (
        <RowsThenNow name={name} version={view.asof} onLeave={() => void setView({ asof: null })} {...paging} />
      )}
      {view.row === null ? null : (
        <ProvenanceSheet key={view.row} name={name} row={view.row} onClose={() => void setView({ row: null })} />
      )}
    </div>
  );
}
