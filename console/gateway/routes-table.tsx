'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatCount, formatMs } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { ReasonDialog } from '#console/reason-dialog.tsx';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Status } from '#console/ui/badge.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import type { StatusKind } from '#console/ui/status-shape.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import type { ServiceRouteStatus } from '#server/gateway/service-routes.ts';
import { RouteDialog } from './route-dialog.tsx';

const BREAKER: Record<ServiceRouteStatus['breaker'], { kind: StatusKind; word: string }> = {
  closed: { kind: 'running', word: 'asked' },
  half_open: { kind: 'working', word: 'tried again' },
  open: { kind: 'failed', word: 'left alone' },
};

/** Categories that other services serve, and how each fares at this process. */
export function RoutesTable({ routes, mayChange }: { routes: readonly ServiceRouteStatus[]; mayChange: boolean }) {
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<string | null>(null);
  return (
    <section aria-labelledby="routes">
      <div className="flex flex-wrap items-end justify-between gap-3 pb-2">
        <div>
          <h2 id="routes" className="text-title">
            Categories that another service serves
          </h2>
          <p className="max-w-prose text-ink-2">
            Their commands and states are asked there, with who asks; everything else is served here.
          </p>
        </div>
        {mayChange ? <Button onClick={() => setAdding(true)}>Route a category…</Button> : null}
      </div>
      <div className="rounded-card border border-line bg-surface">
        {routes.length === 0 ? (
          <EmptyState title="Every category is served here." />
        ) : (
          <Table label="Routes" density="comfortable">
            <TableHead>
              <tr>
                <TableHeading>Category</TableHeading>
                <TableHeading>Service</TableHeading>
                <TableHeading>Breaker</TableHeading>
                <TableHeading numeric>Time</TableHeading>
                <TableHeading numeric>Requests</TableHeading>
                <TableHeading numeric>Failed</TableHeading>
                <TableHeading>Last failure</TableHeading>
                <TableHeading>
                  <span className="sr-only">Remove</span>
                </TableHeading>
              </tr>
            </TableHead>
            <tbody>
              {routes.map((route) => (
                <Row
                  key={route.category}
                  route={route}
                  onRemove={mayChange ? () => setRemoving(route.category) : undefined}
                />
              ))}
            </tbody>
          </Table>
        )}
      </div>
      {adding ? <RouteDialog onClose={() => setAdding(false)} /> : null}
      {removing === null ? null : <RemoveDialog category={removing} onClose={() => setRemoving(null)} />}
    </section>
  );
}

function Row({ route, onRemove }: { route: ServiceRouteStatus; onRemove: (() => void) | undefined }) {
  const zone = useZone();
  const { category, url, breaker, timeoutMs, requests, failures, lastFailure } = route;
  return (
    <TableRow>
      <TableCell className="font-medium">{category}</TableCell>
      <TableCell className="mono">{url}</TableCell>
      <TableCell>
        <Status status={BREAKER[breaker].kind}>{BREAKER[breaker].word}</Status>
      </TableCell>
      <TableCell numeric>{formatMs(timeoutMs)}</TableCell>
      <TableCell numeric>{formatCount(requests)}</TableCell>
      <TableCell numeric>{formatCount(failures)}</TableCell>
      <TableCell className="text-ink-2">
        {lastFailure === null ? 'none' : `${formatTime(lastFailure.at, zone)}: ${lastFailure.message}`}
      </TableCell>
      <TableCell className="text-right">
        {onRemove === undefined ? null : (
          <Button variant="ghost" aria-label={`Serve ${category} here again`} onClick={onRemove}>
            Remove…
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
}

function RemoveDialog({ category, onClose }: { category: string; onClose(): void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const remove = useMutation(
    trpc.gateway.removeRoute.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.gateway.status.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <ReasonDialog
      title={`Serve ${category} here again`}
      note="Commands that are under way at the service are answered; later ones are decided here."
      act="Remove the route"
      pending={remove.isPending}
      error={remove.error}
      onAct={(reason) => remove.mutate({ category, reason })}
      onClose={onClose}
    />
  );
}
