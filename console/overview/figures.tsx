'use client';

import { formatBound, formatCount, formatRate, formatSeconds } from '#console/format.ts';
import { Figure, FigureStrip } from '#console/ui/figure.tsx';
import { Sparkline } from '#console/ui/sparkline.tsx';
import type { Tone } from '#console/ui/tone.ts';
import type { Pulse } from '#server/pulse/pulse.ts';
import { acknowledgedWords } from './acknowledged-words.ts';
import { aboveMark, markHolder } from './trouble.ts';
import { worstLag } from './worst-lag.ts';

/** The four figures; what is parked takes a place as long as there is any. `asOf` is the time they are of, where that is long ago. */
export function Figures({ pulse, asOf }: { pulse: Pulse; asOf: string | null }) {
  const { history } = pulse;
  const worst = worstLag(pulse);
  const late: Tone = worst.late ? 'warn' : 'neutral';
  const holder = markHolder(pulse);
  const parked = pulse.projections.projections.reduce((sum, one) => sum + one.parked, 0);
  const above = formatCount(aboveMark(pulse));
  return (
    <FigureStrip className="gap-y-0 max-sm:overflow-hidden max-sm:rounded-card max-sm:border max-sm:bg-surface max-sm:*:border-b max-sm:*:py-3 max-sm:*:odd:border-r max-sm:[&>*:nth-last-child(-n+2)]:border-b-0 max-xl:[&_svg]:hidden">
      <Figure
        label="Append rate"
        value={formatRate(pulse.store.appendRate)}
        unit="events/s"
        note="recorded, half-life 15 s"
        asOf={asOf}
        spark={<Sparkline values={history.appendRate} max={1} />}
      />
      <Figure
        label="Worst lag"
        value={formatSeconds(worst.seconds)}
        note={`${worst.name ?? 'none behind'}, objective ${formatBound(worst.objectiveSeconds)}`}
        tone={late}
        asOf={asOf}
        spark={<Sparkline values={history.worstLagSeconds} max={worst.objectiveSeconds} tone={late} />}
      />
      {parked === 0 ? (
        <Acknowledgement pulse={pulse} asOf={asOf} />
      ) : (
        <Parked pulse={pulse} count={parked} asOf={asOf} />
      )}
      {holder === null ? (
        <Figure
          label="High water"
          value={above}
          unit={aboveMark(pulse) === 1 ? 'event above' : 'events above'}
          note={`the mark at ${formatCount(pulse.projections.highWaterMark)}`}
          asOf={asOf}
          spark={<Sparkline values={history.headGap} max={10} />}
        />
      ) : (
        <Figure
          label="High water held"
          value={formatSeconds(holder.openSeconds)}
          note={`${above} events above the mark`}
          tone="warn"
          asOf={asOf}
          spark={<Sparkline values={history.headGap} max={10} tone="warn" />}
        />
      )}
    </FigureStrip>
  );
}

function Acknowledgement({ pulse, asOf }: { pulse: Pulse; asOf: string | null }) {
  const { value, of, note, late } = acknowledgedWords(pulse.acknowledged);
  return (
    <Figure
      label="Acknowledged in"
      value={value}
      unit={of ?? undefined}
      note={note}
      tone={late ? 'warn' : 'neutral'}
      asOf={asOf}
    />
  );
}

function Parked({ pulse, count, asOf }: { pulse: Pulse; count: number; asOf: string | null }) {
  const where = pulse.projections.projections.filter(({ parked }) => parked > 0).map(({ name }) => name);
  return (
    <Figure
      label="Parked, open"
      value={formatCount(count)}
      unit={count === 1 ? 'event' : 'events'}
      note={`in ${where.join(', ')}`}
      tone="bad"
      asOf={asOf}
    />
  );
}
