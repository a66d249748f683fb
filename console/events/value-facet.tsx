'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { formatCount } from '#console/format.ts';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { Checkbox } from '#console/ui/checkbox.tsx';
import type { FacetBy } from '#server/explorer/explorer.ts';
import type { EventsFilterInput } from './events-view.ts';

type Props = {
  title: string;
  by: FacetBy;
  filter: EventsFilterInput;
  chosen: string | null;
  onChoose(value: string | null): void;
};

/** The most frequent values of what the rollups do not know, each with its count; one at a time can be chosen. */
export function ValueFacet({ title, by, filter, chosen, onChoose }: Props) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.events.facetValues.queryOptions(
      { ...filter, by },
      { placeholderData: keepPreviousData, staleTime: 15_000, trpc: { abortOnUnmount: true } },
    ),
  );
  const { values = [], distinct = 0, newestOnly = null } = query.data ?? {};
  const missing = chosen !== null && !values.some((item) => item.value === chosen);
  const listed = missing ? [{ value: chosen, count: 0 }, ...values] : values;
  if (listed.length === 0 && !query.isError) return null;
  return (
    <section aria-label={title} className="border-b px-3.5 py-3">
      <div className="mb-1.5 flex items-baseline justify-between">
        <h2 className="font-semibold">{title}</h2>
        <span className="text-ink-3 text-small">
          {values.length < distinct ? `${values.length} of ${formatCount(distinct)}` : ''}
        </span>
      </div>
      {newestOnly !== null && (
        <p className="mb-1 text-ink-3 text-small">
          Counted in the newest {formatCount(newestOnly)} positions alone, unlike the categories: a number can fall
          while events arrive.
        </p>
      )}
      {query.isError ? (
        <p className="flex flex-wrap items-center gap-2 text-bad text-small">
          Not counted: {readFailure(query.error).message}
          <Button onClick={() => void query.refetch()}>Retry</Button>
        </p>
      ) : (
        <ul>
          {listed.map(({ value, count }) => (
            <li key={value} className="flex h-6 items-center gap-2">
              <Checkbox
                checked={chosen === value}
                onChange={() => onChoose(chosen === value ? null : value)}
                className="min-w-0 flex-1 text-table"
              >
                <span className="truncate" title={value}>
                  {value}
                </span>
              </Checkbox>
              <span className="text-ink-3 text-small">{missing && value === chosen ? '' : formatCount(count)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
