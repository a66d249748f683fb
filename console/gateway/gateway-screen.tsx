'use client';

import { useQuery } from '@tanstack/react-query';
import { useMay } from '#console/account/use-account.ts';
import { formatCount, formatRate } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { Screen } from '#console/frame/screen.tsx';
import { QueryAnswer } from '#console/query-answer.tsx';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { Figure, FigureStrip } from '#console/ui/figure.tsx';
import { Sparkline } from '#console/ui/sparkline.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import type { GatewayStatus } from '#server/gateway/gateway.ts';
import { LimitsTable } from './limits-table.tsx';
import { RoutesTable } from './routes-table.tsx';

/** What may pass the gateway and what did, once a second. */
export function GatewayScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.gateway.status.queryOptions(undefined, { refetchInterval: 1000 }));
  const zone = useZone();
  const may = useMay();
  const status = query.data;
  return (
    <Screen
      title="Gateway"
      note={status && `process ${status.process.id}, since ${formatTime(status.process.startedAt, zone)}`}
    >
      <QueryAnswer query={query} failed="The gateway's figures could not be read" rows={8} label="the gateway">
        {(status) => (
          <div className="flex flex-col gap-6">
            {status.counting === 'memory' ? (
              <Banner tone="warn" title="The database is away: each process counts limits by itself">
                A caller may pass as often at every process as the limit allows at all of them together.
              </Banner>
            ) : null}
            <Rates status={status} />
            <LimitsTable limits={status.limits} mayChange={may('settings.manage')} />
            <RoutesTable routes={status.routes} mayChange={may('settings.manage')} />
            <div className="grid gap-6 lg:grid-cols-2 [&>*]:min-w-0">
              <Callers status={status} />
              <Refusals status={status} />
            </div>
          </div>
        )}
      </QueryAnswer>
    </Screen>
  );
}

function Rates({ status: { traffic, counting } }: { status: GatewayStatus }) {
  const last = (values: number[]) => values.slice(-10).reduce((sum, value) => sum + value, 0) / 10;
  return (
    <FigureStrip className="max-sm:grid-cols-1">
      <Figure
        label="Requests"
        value={formatRate(last(traffic.requests))}
        unit="/s"
        note="of the last 10 s; the line is a minute"
        spark={<Sparkline values={traffic.requests} />}
      />
      <Figure
        label="Answered with an error"
        value={formatRate(last(traffic.refusals))}
        unit="/s"
        note="of the last 10 s; refusals of commands too"
        spark={<Sparkline values={traffic.refusals} />}
      />
      <Figure
        label="Limits are counted"
        value={counting === 'shared' ? 'together' : 'alone'}
        tone={counting === 'shared' ? 'neutral' : 'warn'}
        note={counting === 'shared' ? 'by all processes, in Postgres' : 'by this process, in memory'}
      />
    </FigureStrip>
  );
}

function Callers({ status: { traffic } }: { status: GatewayStatus }) {
  return (
    <section aria-labelledby="callers">
      <h2 id="callers" className="pb-2 text-title">
        Who asked, last minute
      </h2>
      <div className="rounded-card border border-line bg-surface">
        <Table label="Who asked in the last minute">
          <TableHead>
            <tr>
              <TableHeading>Caller</TableHeading>
              <TableHeading>Kind</TableHeading>
              <TableHeading numeric>Requests</TableHeading>
              <TableHeading numeric>Cost</TableHeading>
            </tr>
          </TableHead>
          <tbody>
            {traffic.callers.map((caller) => (
              <TableRow key={caller.name}>
                <TableCell className="font-medium">{caller.name}</TableCell>
                <TableCell className="text-ink-2">{caller.kind}</TableCell>
                <TableCell numeric>{formatCount(caller.requests)}</TableCell>
                <TableCell numeric>{formatCount(caller.cost)}</TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </div>
    </section>
  );
}

function Refusals({ status: { traffic } }: { status: GatewayStatus }) {
  const zone = useZone();
  return (
    <section aria-labelledby="refusals">
      <h2 id="refusals" className="pb-2 text-title">
        Errors by code, since the start
      </h2>
      <div className="rounded-card border border-line bg-surface">
        {traffic.codes.length === 0 ? (
          <EmptyState title="No request was answered with an error." />
        ) : (
          <Table label="Errors by code">
            <TableHead>
              <tr>
                <TableHeading>Code</TableHeading>
                <TableHeading numeric>Answers</TableHeading>
                <TableHeading numeric>Last</TableHeading>
              </tr>
            </TableHead>
            <tbody>
              {traffic.codes.map(({ code, count, lastAt }) => (
                <TableRow key={code}>
                  <TableCell className="mono">{code}</TableCell>
                  <TableCell numeric>{formatCount(count)}</TableCell>
                  <TableCell numeric className="mono text-ink-2">
                    {formatTime(lastAt, zone)}
                  </TableCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        )}
      </div>
    </section>
  );
}
