'use client';

import type { ReactNode } from 'react';
import { QueryError } from './query-error.tsx';
import { SkeletonLines } from './ui/skeleton.tsx';

type Props<Data> = {
  query: {
    data: Data | undefined;
    error: unknown;
    isError: boolean;
    isPending: boolean;
    dataUpdatedAt: number;
    refetch(): Promise<unknown>;
  };
  /** What could not be done: "The keys could not be read". */
  failed: string;
  /** Of the lines that stand there until there is an answer. */
  rows: number;
  rowHeight?: number;
  label: string;
  children(data: Data): ReactNode;
};

/** What a query came to: why there is no answer, or that it is under way; and the last answer that there was. */
export function QueryAnswer<Data>({ query, failed, rows, rowHeight = 36, label, children }: Props<Data>) {
  const { data, error, isError, isPending, dataUpdatedAt, refetch } = query;
  return (
    <>
      {isError ? (
        <QueryError title={failed} error={error} onRetry={() => void refetch()} dataAt={dataUpdatedAt} />
      ) : null}
      {isPending ? <SkeletonLines rows={rows} rowHeight={rowHeight} label={label} /> : null}
      {data === undefined ? null : children(data)}
    </>
  );
}
