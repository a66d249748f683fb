'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatCount } from '#console/format.ts';
import { ReasonDialog } from '#console/reason-dialog.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import type { LimitKind, Limits } from '#server/gateway/limits.ts';

const WORDS: Record<LimitKind, string> = {
  operator: 'Each operator',
  'api-key': 'Each API key',
  service: 'Each service',
  address: 'Each address',
  failure: 'Failed sign-ins of an address',
};

const KINDS = Object.keys(WORDS) as LimitKind[];

/** The limits of all processes, and how one is changed. */
export function LimitsTable({ limits, mayChange }: { limits: Limits; mayChange: boolean }) {
  const [editing, setEditing] = useState<LimitKind | null>(null);
  return (
    <section aria-labelledby="limits">
      <h2 id="limits" className="text-title">
        Limits
      </h2>
      <p className="max-w-prose pb-2 text-ink-2">
        In units of cost: a query 1, a mutation 2, a subscription 5, heavier reads up to 10. They hold over all
        processes together.
      </p>
      <div className="rounded-card border border-line bg-surface">
        <Table label="Limits" density="comfortable">
          <TableHead>
            <tr>
              <TableHeading>Whose</TableHeading>
              <TableHeading numeric>A second</TableHeading>
              <TableHeading numeric>At once</TableHeading>
              <TableHeading>
                <span className="sr-only">Change</span>
              </TableHeading>
            </tr>
          </TableHead>
          <tbody>
            {KINDS.map((kind) => (
              <TableRow key={kind}>
                <TableCell className="font-medium">{WORDS[kind]}</TableCell>
                <TableCell numeric>{formatCount(limits[kind].ratePerSecond)}</TableCell>
                <TableCell numeric>{formatCount(limits[kind].burst)}</TableCell>
                <TableCell className="w-24 text-right">
                  {mayChange ? (
                    <Button variant="ghost" aria-label={`Change: ${WORDS[kind]}`} onClick={() => setEditing(kind)}>
                      Change…
                    </Button>
                  ) : null}
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </div>
      {editing === null ? null : (
        <LimitDialog key={editing} kind={editing} limits={limits} onClose={() => setEditing(null)} />
      )}
    </section>
  );
}

function LimitDialog({ kind, limits, onClose }: { kind: LimitKind; limits: Limits; onClose(): void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [rate, setRate] = useState(String(limits[kind].ratePerSecond));
  const [burst, setBurst] = useState(String(limits[kind].burst));
  const set = useMutation(
    trpc.gateway.setLimits.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.gateway.status.pathFilter());
        onClose();
      },
    }),
  );
  const faults = { rate: faultOf(rate, RATE_MAX), burst: faultOf(burst, BURST_MAX) };
  const next = { ratePerSecond: Number(rate), burst: Number(burst) };
  const ready = faults.rate === null && faults.burst === null;
  const changes = [
    changeOf('a second', limits[kind].ratePerSecond, next.ratePerSecond),
    changeOf('at once', limits[kind].burst, next.burst),
  ].filter((change) => change !== null);
  return (
    <ReasonDialog
      title={`Limit: ${WORDS[kind].toLowerCase()}`}
      note="It holds at all processes within a second, and can be changed back."
      act="Set the limit"
      ready={ready && changes.length > 0}
      pending={set.isPending}
      error={set.error}
      onAct={(reason) => set.mutate({ limits: { ...limits, [kind]: next }, reason })}
      onClose={onClose}
    >
      <Field label="A second" error={faults.rate}>
        <Input inputMode="numeric" value={rate} onChange={(event) => setRate(event.target.value)} />
      </Field>
      <Field label="At once" error={faults.burst}>
        <Input inputMode="numeric" value={burst} onChange={(event) => setBurst(event.target.value)} />
      </Field>
      <p role="status" className="text-ink-2 text-small">
        {!ready
          ? ''
          : changes.length === 0
            ? 'This is the limit that holds now.'
            : `Will be set: ${changes.join(', ')}`}
      </p>
    </ReasonDialog>
  );
}

const RATE_MAX = 1_000_000;
const BURST_MAX = 10_000_000;

/** What is wrong with a typed limit; null where it can be set as it stands. */
function faultOf(text: string, max: number): string | null {
  if (!/^\d+$/.test(text.trim()) || Number(text) < 1) return 'must be a whole number from 1';
  return Number(text) > max ? `must be at most ${formatCount(max)}` : null;
}

function changeOf(name: string, from: number, to: number): string | null {
  return from === to ? null : `${name} ${formatCount(from)} → ${formatCount(to)}`;
}
