import { formatBytes, formatNumberOf, formatSeconds } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { useZone } from '#console/settings.tsx';
import { Button, buttonClass } from '#console/ui/button.tsx';
import { StatusShape } from '#console/ui/status-shape.tsx';
import type { KeptExport } from '#server/import-export/kept-exports.ts';
import { fileAddress, progressWords } from './export-model.ts';

type Props = { kept: KeptExport; onRemove(): void };

/** One export: how far it is, its file, and how to end it. */
export function KeptExportRow({ kept, onRemove }: Props) {
  const zone = useZone();
  const { state, what, events, expected, elapsedMs, bytes, format, message, expiresAt } = kept;
  const running = state === 'running';
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="min-w-0 grow basis-64">
        <p className="flex items-center gap-2 font-medium">
          <StatusShape kind={running ? 'working' : state === 'done' ? 'running' : 'failed'} size={11} />
          <span className="min-w-0 [overflow-wrap:anywhere]">{what}</span>
          <span className="text-ink-3 text-small">{format === 'csv' ? 'CSV' : 'CloudEvents'}</span>
        </p>
        {running && (
          <progress
            aria-label={`Events exported of ${what}`}
            className="my-1.5 block h-1.5 w-full accent-[var(--tide-2)]"
            max={expected || undefined}
            value={expected ? Math.min(events, expected) : undefined}
          />
        )}
        <p role="status" className="text-ink-2 text-small">
          {running && progressWords(events, expected, elapsedMs)}
          {state === 'done' &&
            `${formatNumberOf(events, 'event')} in ${formatSeconds(elapsedMs / 1000)}, ${formatBytes(bytes)}, kept until ${formatTime(expiresAt ?? '', zone)}`}
          {state === 'failed' && `Failed after ${formatNumberOf(events, 'event')}: ${message}.`}
        </p>
      </div>
      {state === 'done' && (
        <a href={fileAddress(kept.exportId)} download className={buttonClass({ variant: 'primary' })}>
          Save the file
        </a>
      )}
      <Button onClick={onRemove}>{running ? 'Cancel' : 'Remove'}</Button>
    </div>
  );
}
