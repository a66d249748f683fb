'use client';

import { useQuery } from '@tanstack/react-query';
import { Layers, type LucideIcon, SquareTerminal, Upload } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { formatCount, formatMs, formatNumberOf } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { Field } from '#console/ui/field.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import { Select } from '#console/ui/select.tsx';
import { StatusShape } from '#console/ui/status-shape.tsx';
import type { Pulse } from '#server/pulse/pulse.ts';

/** The store before its first event of a domain: the mark over bare strata, and three ways in. */
export function FirstRun({ pulse }: { pulse: Pulse }) {
  const trpc = useTRPC();
  const info = useQuery(trpc.system.info.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const waiting = formatNumberOf(pulse.projections.projections.length, 'projection');
  return (
    <div className="flex flex-col">
      <div aria-hidden className="hatch hatch-faint mt-2 h-14" />
      <div aria-hidden className="fill-mark h-[1.5px] bg-tide" />
      <p className="pt-1 font-medium text-small text-tide">
        high water {formatCount(pulse.projections.highWaterMark)}, nothing recorded yet but who signed in
      </p>
      <div aria-hidden className="*:h-[22px] *:border-line *:border-b">
        {['order', 'stock', 'payment'].map((stratum) => (
          <div key={stratum} />
        ))}
      </div>
      <h2 className="pt-8 text-figure">The store is ready and empty.</h2>
      <p className="pt-1 text-body text-ink-2">
        {info.data === undefined ? (
          'The schema'
        ) : (
          <>
            Schema <code>{info.data.schema}</code>
          </>
        )}{' '}
        is migrated, {waiting} wait for a first event. Put history in, and this page shows how it flows.
      </p>
      <div className="mt-6 grid rounded-card border border-line bg-surface max-lg:divide-y max-lg:divide-line lg:grid-cols-3 lg:divide-x lg:divide-line">
        <Way
          icon={Upload}
          title="Import a file"
          text="CloudEvents as NDJSON, plain or gzip. Running it twice adds nothing."
          command="npm run import -- events.ndjson.gz"
        />
        <SeedHistory />
        <FirstCommand />
      </div>
      <Health pulse={pulse} />
    </div>
  );
}

type WayProps = { icon: LucideIcon; title: string; text: string; command: string; children?: ReactNode };

function Way({ icon: Icon, title, text, command, children }: WayProps) {
  return (
    <section className="flex min-w-0 flex-col gap-2 p-5">
      <h3 className="flex items-center gap-2.5 text-lead">
        <Icon size={16} strokeWidth={1.75} aria-hidden /> {title}
      </h3>
      <p className="text-ink-2">{text}</p>
      <div className="grow pt-1">{children}</div>
      <div className="flex items-center justify-between gap-2 border-line border-t pt-2.5">
        <code className="min-w-0 break-words text-ink-2">{command}</code>
        <CopyButton text={command} label={`Copy: ${command}`} />
      </div>
    </section>
  );
}

const SEED_SIZES = ['1,000', '100,000', '1,000,000'] as const;

function SeedHistory() {
  const [events, setEvents] = useState<(typeof SEED_SIZES)[number]>('100,000');
  return (
    <Way
      icon={Layers}
      title="Seed sample history"
      text="Orders, stock and payments of a shop, with refusals to pay, cancellations and returns. A million takes a minute or two."
      command={`npm run seed -- --events ${events.replaceAll(',', '')}`}
    >
      <p className="pb-1 font-medium text-small" aria-hidden>
        Events
      </p>
      <Segmented
        label="Events to seed"
        items={SEED_SIZES.map((value) => ({ value, label: value }))}
        value={events}
        onChange={setEvents}
      />
      <p className="pt-2 text-ink-3 text-small">
        Or live, by real commands: <code className="text-ink-2">npm run simulate -- --rate 50 --seconds 60</code>
      </p>
    </Way>
  );
}

function FirstCommand() {
  const trpc = useTRPC();
  const types = useQuery(trpc.commands.types.queryOptions());
  const [chosen, setChosen] = useState('PlaceOrder');
  const opening = (types.data?.commands ?? []).filter(({ opensStream }) => opensStream);
  return (
    <Way
      icon={SquareTerminal}
      title="Send a first command"
      text="A form made from its schema, with a dry run before anything is written."
      command={`POST /api/v1/commands/${chosen}`}
    >
      {types.isError ? (
        <QueryError title="The commands could not be read" error={types.error} onRetry={() => void types.refetch()} />
      ) : (
        <div className="flex items-end gap-2 pb-2">
          <Field label="Command" className="min-w-0 grow">
            <Select
              items={opening.map(({ commandType, category }) => ({
                value: commandType,
                label: commandType,
                note: category,
              }))}
              value={chosen}
              onChange={setChosen}
              disabled={types.isPending}
            />
          </Field>
          <ButtonLink href={routes.command(chosen)} variant="primary" size="md">
            Open form
          </ButtonLink>
        </div>
      )}
    </Way>
  );
}

function Health({ pulse }: { pulse: Pulse }) {
  const { database, worker, projections } = pulse;
  const idle = formatNumberOf(projections.projections.length, 'projection');
  const engine = {
    running: { kind: 'running', text: `Projection engine runs, ${idle} idle` },
    starting: { kind: 'working', text: 'Projection engine starts' },
    restarting: { kind: 'held', text: 'Projection engine restarts' },
    off: { kind: 'stopped', text: 'No projection engine here: npm run worker' },
  } as const;
  const { kind, text } = engine[worker.state];
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 pt-4 text-ink-2 text-small">
      <li className="flex items-center gap-2">
        <StatusShape kind={database.ok ? 'running' : 'failed'} size={10} />
        {database.ok ? `Database answers in ${formatMs(database.answerMs)}` : 'The database does not answer'}
      </li>
      <li className="flex items-center gap-2">
        <StatusShape kind={kind} size={10} /> {text}
      </li>
    </ul>
  );
}
