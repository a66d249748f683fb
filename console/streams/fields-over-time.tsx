'use client';

import { useQuery } from '@tanstack/react-query';
import { type MouseEvent, memo, useMemo } from 'react';
import { formatCount, formatNumberOf } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { useElementWidth } from '#console/timeline/use-element-width.ts';
import { useTRPC, useTRPCClient } from '#console/trpc-client.tsx';
import { LongName } from '#console/ui/long-name.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { FieldSeries, FieldsOverTime as Fields } from '#server/explorer/stream-questions.ts';
import {
  type Band,
  bandsOf,
  bandWord,
  describeBands,
  drawnBands,
  stepPath,
  valueAtVersion,
  valueWord,
  versionOfField,
  xOfField,
} from './field-bands.ts';

/** As far as the server looks at every version. */
const WHOLE_MAX = 1000;
const ROW_PX = 24;
/** Six rows, or five of two lines each: as high before the fields are there. */
const LIST = '-outline-offset-2 h-[152px] overflow-y-auto py-1 max-sm:h-[248px]';

type Props = {
  streamId: string;
  version: number;
  lastVersion: number;
  field: string | null;
  onVersion(version: number): void;
  onField(path: string): void;
};

/** Every scalar field of the state over all versions: a number as a line, anything else as a band. */
export function FieldsOverTime({ streamId, version, lastVersion, field, onVersion, onField }: Props) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  // A stream that is only sampled is so anew when it has grown by 2 %; one that is looked at whole, at every event.
  const grown = lastVersion <= WHOLE_MAX ? lastVersion : Math.floor(Math.log(lastVersion) / Math.log(1.02));
  const query = useQuery({
    queryKey: [...trpc.streams.fieldsOverTime.queryKey(), streamId, grown],
    queryFn: ({ signal }) => client.streams.fieldsOverTime.query({ streamId }, { signal }),
    placeholderData: (before, previous) => (previous?.queryKey.includes(streamId) ? before : undefined),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const fields = query.data;
  return (
    <section aria-label="Fields over time" className="mt-3 shrink-0 rounded-card border border-line bg-surface">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-3 border-line border-b px-3.5 max-sm:py-1.5">
        <h2 className="font-semibold">Fields over time</h2>
        {fields && <p className="min-w-0 text-ink-3 text-small sm:truncate">{sampleNote(fields)}</p>}
      </div>
      {query.isError ? (
        <QueryError
          title="The fields could not be read"
          error={query.error}
          onRetry={() => void query.refetch()}
          className="m-3"
        />
      ) : fields === undefined ? (
        <SkeletonLines rows={6} rowHeight={24} label="the fields" className="py-1 max-sm:h-[248px]" />
      ) : fields.series.length === 0 ? (
        <p className="px-3.5 py-2 text-ink-2">
          {fields.unfoldable?.message ?? 'The state has no field with a value of its own.'}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <ul className={LIST} tabIndex={0} aria-label="Fields">
          {fields.series.map((series) => (
            <FieldRow
              key={series.path}
              series={series}
              fields={fields}
              version={version}
              selected={series.path === field}
              onVersion={onVersion}
              onField={onField}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

type RowProps = {
  series: FieldSeries;
  fields: Fields;
  version: number;
  selected: boolean;
  onVersion(version: number): void;
  onField(path: string): void;
};

function FieldRow({ series, fields, version, selected, onVersion, onField }: RowProps) {
  const { ref, width } = useElementWidth();
  const { versions, lastVersion } = fields;
  const bands = useMemo(() => bandsOf(versions, series.values, lastVersion), [versions, series, lastVersion]);
  const x = (at: number) => xOfField(at, lastVersion, width);
  const choose = (event: MouseEvent) => {
    const left = event.currentTarget.getBoundingClientRect().left;
    onVersion(versionOfField(event.clientX - left, lastVersion, width));
  };
  return (
    <li className="grid items-center gap-x-3 px-3.5 max-sm:grid-cols-2 sm:grid-cols-[minmax(5rem,9rem)_minmax(4rem,7rem)_minmax(0,1fr)] xl:grid-cols-[14rem_7rem_minmax(0,1fr)]">
      <button
        type="button"
        title={`Why is ${series.path} so?`}
        aria-label={series.path}
        aria-pressed={selected}
        onClick={() => onField(series.path)}
        className={`min-h-6 min-w-0 text-start hover:text-tide hover:underline ${selected ? 'font-semibold text-tide' : 'text-ink-2'}`}
      >
        <LongName name={series.path} />
      </button>
      <span className="mono truncate text-end" title={valueWord(valueAtVersion(versions, series.values, version))}>
        {valueWord(valueAtVersion(versions, series.values, version))}
      </span>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the slider above chooses versions by keyboard */}
      <div
        ref={ref}
        role="img"
        aria-label={describeBands(series.path, bands)}
        onClick={choose}
        className="relative cursor-pointer overflow-hidden max-sm:col-span-2"
        style={{ height: ROW_PX }}
      >
        {width > 0 && <Picture series={series} fields={fields} bands={bands} width={width} />}
        {width > 0 && (
          <span
            aria-hidden
            className="absolute inset-y-0 border-tide border-s-2 border-dotted"
            style={{ left: Math.min(x(version + 0.5), width - 2) }}
          />
        )}
      </div>
    </li>
  );
}

type PictureProps = { series: FieldSeries; fields: Fields; bands: readonly Band[]; width: number };

/** The values of a field over all versions. A thousand bands are not drawn anew for each version that is stepped to. */
const Picture = memo(function Picture({ series, fields: { versions, lastVersion }, bands, width }: PictureProps) {
  const x = (at: number) => xOfField(at, lastVersion, width);
  if (series.kind === 'number') {
    return (
      <svg width={width} height={ROW_PX} aria-hidden className="absolute inset-0 text-ink-2">
        <path
          d={stepPath(versions, series.values, x, { width, height: ROW_PX })}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
        />
      </svg>
    );
  }
  return drawnBands(bands, x).map((band) => {
    const bandPx = Math.max(2, x(band.to) - x(band.from) - 1);
    const word = bandWord(band.value, bandPx);
    return (
      <span
        key={band.from}
        title={`${valueWord(band.value)}, version ${band.from} to ${band.to - 1}`}
        className={`absolute inset-y-[3px] truncate border-line-2 border-s-2 text-micro leading-[18px] ${word === '' ? '' : 'px-1'} ${band.value === null ? 'text-ink-3' : 'bg-sunken text-ink-2'}`}
        style={{ left: x(band.from), width: bandPx }}
      >
        {word}
      </span>
    );
  });
});

function sampleNote({ versions, series, lastVersion, leftOut, unfoldable }: Fields): string {
  const sampled =
    versions.length < lastVersion && unfoldable === null
      ? `${versions.length} of ${formatCount(lastVersion)} versions looked at, a change between two of them is not seen`
      : `all of ${formatNumberOf(versions.length, 'version')}`;
  const stopped =
    unfoldable === null ? '' : `, up to where version ${formatCount(unfoldable.streamVersion)} can not be folded`;
  const left = leftOut === 0 ? '' : `; ${series.length} of ${series.length + leftOut} fields`;
  return sampled + stopped + left;
}
