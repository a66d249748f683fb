'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRef } from 'react';
import { Screen } from '#console/frame/screen.tsx';
import { useRowKeys } from '#console/keys/use-row-keys.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { CommandTypeInfo } from '#server/command-bus/receipt.ts';
import { RunsTable } from './runs-table.tsx';

/** What one may send, and what was sent. */
export function CommandsScreen() {
  const trpc = useTRPC();
  const types = useQuery(trpc.commands.types.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const commands = types.data?.commands ?? [];
  const rows = useRef<HTMLDivElement>(null);
  useRowKeys(rows);
  const categories = [...new Set(commands.map(({ category }) => category))];
  return (
    <Screen title="Commands">
      <div ref={rows} className="flex flex-col gap-6">
        {types.isError ? (
          <QueryError title="The commands could not be read" error={types.error} onRetry={() => void types.refetch()} />
        ) : types.isPending ? (
          <SkeletonLines rows={6} label="commands" />
        ) : (
          <div className="grid gap-x-8 gap-y-5 lg:grid-cols-3">
            {categories.map((category) => (
              <CategoryCommands
                key={category}
                category={category}
                commands={commands.filter((command) => command.category === category)}
              />
            ))}
          </div>
        )}
        {/* How long the list above will be nobody knows: what stands under it waits for it, and asks meanwhile. */}
        <div hidden={types.isPending}>
          <RunsTable types={types.data?.commands.map(({ commandType }) => commandType) ?? []} />
        </div>
      </div>
    </Screen>
  );
}

function CategoryCommands({ category, commands }: { category: string; commands: CommandTypeInfo[] }) {
  return (
    <section aria-label={`Commands of ${category}`}>
      <h2 className="border-line border-b pb-1.5 font-semibold">{category}</h2>
      <ul>
        {commands.map(({ commandType, description }) => (
          <li key={commandType} className="border-line border-b last:border-b-0">
            <Link
              data-row
              href={routes.command(commandType)}
              className="-mx-2 block rounded-control px-2 py-1.5 hover:bg-sunken dark:hover:bg-surface"
            >
              <span className="block font-medium">{commandType}</span>
              <span className="block text-ink-2 text-small">{description}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
