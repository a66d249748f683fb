import { formatCount, formatNumberOf } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { useZone } from '#console/settings.tsx';
import type { RecentStreams } from '#server/explorer/explorer.ts';

/** Of what these streams are a part: no list of the newest events is one of the whole store. */
export function RecentNote({ recent, shown }: { recent: RecentStreams; shown: number }) {
  const zone = useZone();
  const { streamsFound, eventsLookedAt, since } = recent;
  return (
    <p className="min-w-0 text-ink-2 text-small" role="status">
      {shown === streamsFound
        ? formatNumberOf(shown, 'stream')
        : `${formatCount(shown)} of ${formatNumberOf(streamsFound, 'stream')}`}{' '}
      of the newest {formatNumberOf(eventsLookedAt, 'event')}
      {since !== null && `, since ${formatTime(since, zone)}`}
    </p>
  );
}
