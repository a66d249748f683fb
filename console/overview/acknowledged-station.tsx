import type { ReactNode } from 'react';
import { formatCount, formatMs, formatRate } from '#console/format.ts';
import { cn } from '#console/ui/cn.ts';
import type { Pulse } from '#server/pulse/pulse.ts';
import { acknowledgedWords } from './acknowledged-words.ts';
import { Station } from './flow-station.tsx';

type Props = { pulse: Pulse; held: boolean; className?: string };

/** What callers were told: how many a second, how many still wait, after how long. */
export function AcknowledgedStation({ pulse, held, className }: Props) {
  const { acknowledged, store } = pulse;
  const { value, of, late } = acknowledgedWords(acknowledged);
  const waiting = acknowledged.pending > 0;
  return (
    <Station title="Acknowledged" className={className}>
      <div className="flex grow flex-col justify-between gap-3 px-3 py-2.5">
        <div>
          <div className={cn('text-title', held && 'text-warn')}>{formatRate(held ? 0 : acknowledged.rate)}/s</div>
          <div className="text-ink-2 text-small">commands now</div>
        </div>
        <div className={waiting ? 'text-warn' : undefined}>
          <div className="font-semibold">{formatCount(acknowledged.pending)}</div>
          <div className={cn('text-small', waiting ? undefined : 'text-ink-2')}>durable, pending</div>
        </div>
        <dl className="text-small">
          <Row name="query state">{formatMs(store.queryStateP50Ms)}</Row>
          <Row name="p50">
            {late && acknowledged.p50Ms !== null ? '≥ ' : ''}
            {formatMs(acknowledged.p50Ms)}
          </Row>
          <Row name={of === 'oldest pending' ? 'oldest' : 'p95'} late={late}>
            {value}
          </Row>
        </dl>
      </div>
    </Station>
  );
}

function Row({ name, late = false, children }: { name: string; late?: boolean; children: ReactNode }) {
  return (
    <div className={cn('flex min-h-5 flex-wrap justify-between gap-x-1.5 whitespace-nowrap', late && 'text-warn')}>
      <dt className={late ? undefined : 'text-ink-2'}>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
