import { formatCount } from '#console/format.ts';
import { cn } from '#console/ui/cn.ts';
import type { DataReport } from '#server/compare/report.ts';
import { equalBar, type StretchKind } from './differences-model.ts';

type Props = { data: DataReport; names: { a: string; b: string } };

const FILL: Record<StretchKind, string> = {
  equal: 'bg-tide-2',
  wrong_b: 'bg-bad-solid',
  wrong_a: 'bg-ink-3',
  unexplained: 'bg-warn-solid',
  explained: 'hatch hatch-tide',
};

/** All rows in one bar. Where a few differ among millions they are drawn wider, and it says so. */
export function EqualBar({ data, names }: Props) {
  const { stretches, scale } = equalBar(data);
  const words: Record<StretchKind, string> = {
    equal: 'equal',
    wrong_b: `wrong in ${names.b}`,
    wrong_a: `right in ${names.b} alone`,
    unexplained: 'not explained',
    explained: 'expected',
  };
  const equal = stretches.find(({ kind }) => kind === 'equal');
  const rest = stretches.filter(({ kind }) => kind !== 'equal');
  return (
    <div className="flex flex-col gap-2">
      <div aria-hidden className="flex h-3.5 gap-0.5">
        {stretches.map(({ kind, share }) => (
          <div
            key={kind}
            className={cn('fill-solid min-w-[3px] rounded-gauge', FILL[kind])}
            style={{ flexGrow: Math.max(share, 0.004), flexBasis: 0 }}
          />
        ))}
      </div>
      <div className="flex flex-wrap justify-between gap-x-6 gap-y-1 text-small">
        <span>
          <strong className="font-semibold">{formatCount(equal?.rows ?? 0)}</strong>{' '}
          <span className="text-ink-2">of {formatCount(Math.max(data.rowsA, data.rowsB))} rows are equal</span>
        </span>
        <span className="flex flex-wrap gap-x-3 text-ink-2">
          {scale > 1 ? <span className="text-ink-3">differences drawn {formatCount(scale)} times wider</span> : null}
          {rest.length === 0 ? <span>none differs</span> : null}
          {rest.map(({ kind, rows }) => (
            <span key={kind} className="inline-flex items-center gap-1.5">
              <span aria-hidden className={cn('fill-solid size-2.5 rounded-gauge', FILL[kind])} />
              <strong className={cn('font-semibold', kind === 'wrong_b' ? 'text-bad' : 'text-ink')}>
                {formatCount(rows)}
              </strong>
              {words[kind]}
            </span>
          ))}
          {data.inFlight > 0 ? (
            <span>{formatCount(data.inFlight)} left out: an event reached them meanwhile</span>
          ) : null}
        </span>
      </div>
    </div>
  );
}
