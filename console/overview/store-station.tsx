import { formatCount, formatMs, formatNumberOf, formatRate, formatSeconds } from '#console/format.ts';
import { cn } from '#console/ui/cn.ts';
import { hueColor } from '#console/ui/event-glyph-model.ts';
import { useCategoryHues } from '#console/use-category-hues.ts';
import type { Pulse } from '#server/pulse/pulse.ts';
import { describeStrata, STRATA_MAX } from './flow-model.ts';
import { Station } from './flow-station.tsx';
import { aboveMark, markHolder } from './trouble.ts';

/** A stratum is 19 px and its share of 26 more, 2 px apart; beneath them a line for what is left out. */
const STRATA_PX = STRATA_MAX * 21 + 26 + 16;

/** What is durable: strata of categories, the mark over them, and hatched what is not yet delivered. */
export function StoreStation({ pulse, className }: { pulse: Pulse; className?: string }) {
  const { store, database, projections } = pulse;
  const holder = markHolder(pulse);
  const above = aboveMark(pulse);
  const major = database.serverVersion.split('.')[0] ?? '';
  return (
    <Station
      title="Event store"
      aside={database.ok ? `Postgres ${major}` : 'no answer'}
      tone={database.ok ? null : 'bad'}
      className={className}
    >
      <div className="flex justify-between gap-1 whitespace-nowrap px-3 pt-2.5 text-small">
        <Timing name="append" ms={store.appendP50Ms} />
        <Timing name="publish" ms={store.publishP50Ms} />
      </div>
      <div className="flex grow flex-col justify-end px-3 pb-3">
        <div className="flex flex-wrap justify-between gap-x-2 pt-3 text-small">
          <span className="whitespace-nowrap font-medium text-tide">
            high water {formatCount(projections.highWaterMark)}
          </span>
          <span className={holder === null ? 'text-ink-3' : 'font-medium text-warn'}>
            {holder === null ? (above === 0 ? 'at the head' : '') : `held ${formatSeconds(holder.openSeconds)}`}
          </span>
        </div>
        <div className={cn('hatch mt-1 flex h-[18px] items-center pl-2', above === 0 ? 'hatch-line' : 'hatch-tide')}>
          <span className="bg-surface px-1 text-small">{formatCount(above)} above the mark</span>
        </div>
        <div aria-hidden className="fill-mark -mx-3 h-[1.5px] shrink-0 bg-tide" />
        <Strata store={store} />
      </div>
    </Station>
  );
}

function Timing({ name, ms }: { name: string; ms: number | null }) {
  return (
    <span>
      {name} <span className="text-ink-2">{ms === null ? '' : formatMs(ms)}</span>
    </span>
  );
}

function Strata({ store }: { store: Pulse['store'] }) {
  const { shown, more } = describeStrata(store.categories);
  const hueOf = useCategoryHues();
  const total = shown.reduce((sum, { rate }) => sum + rate, 0);
  if (shown.length === 0) {
    return (
      <p className="border-line border-b py-2 text-ink-3 text-small" style={{ minHeight: STRATA_PX }}>
        {formatNumberOf(store.events, 'event')} in {formatNumberOf(store.streams, 'stream')}, none of the last minute
      </p>
    );
  }
  return (
    // As high with one stratum as with all: what stands below does not jump.
    <ul className="flex flex-col gap-0.5 pt-0.5" style={{ minHeight: STRATA_PX }}>
      {shown.map(({ category, rate }) => {
        const color = hueColor(hueOf(category));
        return (
          <li
            key={category}
            className="flex min-w-0 items-center justify-between gap-2 border-l-3 px-2 text-small"
            style={{
              height: 19 + (rate / total) * 26,
              borderColor: color,
              background: `color-mix(in oklab, ${color} 14%, transparent)`,
            }}
          >
            <span className="truncate">{category}</span>
            <span className="whitespace-nowrap">{formatRate(rate)}/s</span>
          </li>
        );
      })}
      {more > 0 ? <li className="text-ink-3 text-micro">and {more} more</li> : null}
    </ul>
  );
}
