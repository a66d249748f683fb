'use client';

import { useRef } from 'react';
import { formatAgo, formatTime } from '#console/format-time.ts';
import { useRowKeys } from '#console/keys/use-row-keys.ts';
import { usePulse } from '#console/pulse.tsx';
import { useZone } from '#console/settings.tsx';
import { cn } from '#console/ui/cn.ts';
import { StatusShape } from '#console/ui/status-shape.tsx';
import type { ProcessRow } from '#server/processes/processes.ts';
import { ProcessSteps } from './process-steps.tsx';
import { overdue, standOf } from './process-words.ts';

type Props = { processes: readonly ProcessRow[]; chosen: string | null; onChoose(streamId: string | null): void };

/** One row a process: its last step, when it was started, its timers, what it fails at; opened, every step it took. */
export function ProcessList({ processes, chosen, onChoose }: Props) {
  const zone = useZone();
  const { pulse } = usePulse();
  const now = pulse === null ? 0 : Date.parse(pulse.at);
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  return (
    <div className="overflow-hidden rounded-card border border-line bg-surface">
      <div className="flex h-7 items-center justify-between border-line border-b px-4 font-medium text-ink-3 text-small">
        <span>Process</span>
        <span>Started, newest first</span>
      </div>
      <ul ref={list} aria-label="Processes">
        {processes.map((process) => {
          const { streamId, manager, lastEventType, startedAt, fault, timers } = process;
          const open = streamId === chosen;
          const late = overdue(process, now);
          const stand = standOf(lastEventType, manager);
          return (
            <li key={streamId} className="border-line border-b last:border-b-0">
              <button
                type="button"
                data-row
                aria-expanded={open}
                onClick={() => onChoose(open ? null : streamId)}
                className={cn(
                  'flex w-full flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2.5 text-left -outline-offset-2 hover:bg-sunken dark:hover:bg-raised',
                  open && 'bg-tide-soft shadow-[inset_2px_0_0_var(--tide)]',
                )}
              >
                <StatusShape kind={fault !== null ? 'failed' : late ? 'held' : stand.kind} className="self-center" />
                <span className="mono min-w-0 break-all font-medium">{streamId}</span>
                <span className="text-ink-2">{stand.words}</span>
                <span className="ml-auto text-ink-3 text-small">{formatTime(startedAt, zone)}</span>
                {fault === null ? null : <span className="w-full break-words pl-6 text-bad">{fault}</span>}
                {timers.map(({ name, dueAt }) => (
                  <span key={name} className={cn('w-full pl-6 text-small', late ? 'text-warn' : 'text-ink-2')}>
                    timer {name}: due {formatTime(dueAt, zone)}
                    {now === 0 ? '' : `, ${formatAgo(dueAt, now)}`}
                  </span>
                ))}
              </button>
              {open ? <ProcessSteps process={process} /> : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
