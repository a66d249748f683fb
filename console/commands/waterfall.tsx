import { formatMs } from '#console/format.ts';
import { cn } from '#console/ui/cn.ts';
import { type WaterfallBar, waterfall } from './waterfall-model.ts';

const TONE: Record<WaterfallBar['tone'], string> = { step: 'bg-ink-3', append: 'bg-tide', project: 'bg-tide-2' };

/** The steps of a command in their order, each with its time; the tide line stands where the events became durable. */
export function StepWaterfall({ steps }: { steps: readonly { step: string; durationMs: number }[] }) {
  const { bars, ticks, durableAt } = waterfall(steps);
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)_3.5rem] text-small sm:grid-cols-[7.5rem_minmax(0,1fr)_4.25rem]">
      <ol className="contents">
        {bars.map((bar, index) => (
          <li key={bar.step} className="contents">
            <span className="mono flex h-6 items-center text-ink">{bar.step}</span>
            <span className="relative h-6">
              {index === 0 ? <Rules ticks={ticks} durableAt={durableAt} rows={bars.length} /> : null}
              <span
                aria-hidden
                className={cn('fill-solid absolute top-1.5 h-3 min-w-0.5 rounded-gauge', TONE[bar.tone])}
                style={{ left: `${bar.from * 100}%`, width: `${bar.width * 100}%` }}
              />
            </span>
            <span className="flex h-6 items-center justify-end text-ink-2">{formatMs(bar.durationMs)}</span>
          </li>
        ))}
      </ol>
      <span aria-hidden className="relative col-start-2 h-5 text-ink-3 text-micro">
        {ticks.map(({ ms, at }) => (
          <span
            key={ms}
            className="-translate-x-1/2 absolute top-1 whitespace-nowrap max-sm:even:hidden"
            style={{ left: `${at * 100}%` }}
          >
            {ms} ms
          </span>
        ))}
      </span>
    </div>
  );
}

function Rules({ ticks, durableAt, rows }: { ticks: { at: number }[]; durableAt: number | null; rows: number }) {
  return (
    <span aria-hidden className="pointer-events-none absolute inset-x-0 top-0 z-0" style={{ height: rows * 24 }}>
      {ticks.map(({ at }) => (
        <span key={at} className="absolute inset-y-0 w-px bg-line" style={{ left: `${at * 100}%` }} />
      ))}
      {durableAt === null ? null : (
        <span className="absolute inset-y-0 w-0.5 bg-tide" style={{ left: `${durableAt * 100}%` }}>
          <span
            className={cn(
              'absolute top-0.5 whitespace-nowrap px-1.5 font-medium text-micro text-tide',
              durableAt > 0.6 ? 'right-1' : 'left-1',
            )}
          >
            durable from here
          </span>
        </span>
      )}
    </span>
  );
}
