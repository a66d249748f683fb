'use client';

import { X } from 'lucide-react';
import { formatCount, formatNumberOf } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { useZone } from '#console/settings.tsx';
import { Button } from '#console/ui/button.tsx';
import { cn } from '#console/ui/cn.ts';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { FieldChange } from '#server/explorer/stream-questions.ts';
import type { Json } from '#server/kernel/json.ts';
import { numberWidth } from './history-pane.tsx';
import { useFieldChanges } from './use-field-changes.ts';

type Props = {
  streamId: string;
  path: string;
  value: Json | undefined;
  version: number;
  lastVersion: number;
  onVersion(version: number): void;
  onClose(): void;
};

/** Why a field is what it is: the versions at which it changed, the one that made it so first among them. */
export function FieldWhy({ streamId, path, value, version, lastVersion, onVersion, onClose }: Props) {
  const { query, changes, cause, scannedFrom, upTo } = useFieldChanges(streamId, path, version, lastVersion);
  return (
    <section aria-label={`Why is ${path} so?`} className="flex max-h-[38%] shrink-0 flex-col border-line border-t">
      <div className="flex items-start gap-2 px-3.5 pt-2">
        <h3 className="min-w-0 grow pt-0.5 font-semibold [overflow-wrap:anywhere]">
          Why is <span className="mono">{path}</span> {value === undefined ? 'not there' : shortJson(value)}?
        </h3>
        <Button variant="ghost" icon aria-label="Ask no more" title="Ask no more" onClick={onClose}>
          <X strokeWidth={1.75} aria-hidden />
        </Button>
      </div>
      {query.isError ? (
        <QueryError
          title="The changes could not be read"
          error={query.error}
          onRetry={() => void query.refetch()}
          className="m-3"
        />
      ) : query.isPending ? (
        <SkeletonLines rows={3} label="the changes" className="pb-2" />
      ) : (
        <>
          <p className="px-3.5 pb-1 text-ink-3 text-small" role="status">
            {formatNumberOf(changes.length, 'change')} in versions {formatCount(scannedFrom)} to {formatCount(upTo)}
            {query.isFetching && ', looking further back'}
            {!query.isFetching && cause === undefined && scannedFrom <= 1 && ': it was never set'}
          </p>
          <ol
            className="-outline-offset-2 min-h-0 overflow-y-auto px-3.5 pb-2"
            aria-label="Changes, newest first"
            style={numberWidth(lastVersion)}
          >
            {changes.map((change) => (
              <ChangeRow
                key={change.streamVersion}
                change={change}
                cause={change === cause}
                later={change.streamVersion > version}
                onVersion={onVersion}
              />
            ))}
          </ol>
          {query.hasNextPage && !query.isFetching && (
            <Button variant="ghost" className="mb-2 ms-2 self-start" onClick={() => void query.fetchNextPage()}>
              Look before version {formatCount(scannedFrom)}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

type RowProps = { change: FieldChange; cause: boolean; later: boolean; onVersion(version: number): void };

function ChangeRow({ change, cause, later, onVersion }: RowProps) {
  const zone = useZone();
  const { streamVersion, eventType, before, after, actor, occurredAt } = change;
  const says = before === undefined ? `set to ${shortJson(after)}` : `${shortJson(before)} to ${shortJson(after)}`;
  return (
    <li className="border-line border-t first:border-t-0">
      <button
        type="button"
        onClick={() => onVersion(streamVersion)}
        aria-current={cause ? 'true' : undefined}
        title={`${formatTime(occurredAt, zone, { date: 'always' })}${actor === null ? '' : `, by ${actor}`}`}
        className={cn(
          '-outline-offset-2 grid min-h-7 w-full grid-cols-[var(--number)_0.75rem_minmax(0,1fr)_auto] items-baseline gap-x-2 px-1 py-1 text-start hover:bg-sunken dark:hover:bg-raised',
          cause && 'bg-tide-soft shadow-[inset_2px_0_0_var(--tide)]',
          later && 'text-ink-3',
        )}
      >
        <span className={cn('text-end', cause ? 'font-semibold' : 'text-ink-3')}>{formatCount(streamVersion)}</span>
        <EventGlyph eventType={eventType} size={9} />
        <span className="flex min-w-0 flex-wrap gap-x-2">
          <span className="font-medium">{eventType}</span>
          <span className="mono [overflow-wrap:anywhere]">{says}</span>
        </span>
        <span className="max-w-24 truncate text-ink-3 text-small">
          {actor}
          {later && <span className="sr-only">, after the version shown</span>}
        </span>
      </button>
    </li>
  );
}

const SHOWN_MAX = 60;

/** A value in a line; a long one by its beginning. Absent is said, not drawn as null. */
function shortJson(value: Json | undefined): string {
  if (value === undefined) return 'not there';
  const text = JSON.stringify(value);
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}
