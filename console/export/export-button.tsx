'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { formatCount, formatNumberOf, formatSeconds } from '#console/format.ts';
import { Banner } from '#console/ui/banner.tsx';
import { Button } from '#console/ui/button.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import { type ExportFilter, type ExportFormat, exportAddress, progressWords } from './export-model.ts';
import { useExport } from './use-export.ts';

const FORMATS = [
  { value: 'ndjson', label: 'CloudEvents' },
  { value: 'csv', label: 'CSV' },
] as const;

const ABOUT: Record<ExportFormat, string> = {
  ndjson: 'One CloudEvent a line; an import of the file makes the same events again.',
  csv: 'One event a line, its data as JSON in the last column. A cell that a spreadsheet would take for a formula begins with an apostrophe.',
};

type Props = {
  filter: ExportFilter;
  /** What is exported, in words: "Events of order-7f3a91". */
  what: string;
  /** How many, where that is known. */
  total: number | null;
};

/** Opens the export of a filtered set: choose a format, watch it come, or cancel. */
export function ExportButton({ filter, what, total }: Props) {
  const [open, setOpen] = useState(false);
  const [format, setFormat] = useState<ExportFormat>('ndjson');
  const { run, start, cancel } = useExport();
  const running = run.kind === 'running';
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Download strokeWidth={1.75} aria-hidden />
        Export…
      </Button>
      <Dialog
        open={open}
        onOpenChange={(next) => {
          if (!next) cancel();
          setOpen(next);
        }}
        title="Export"
        note={total === null ? what : `${what}: ${formatNumberOf(total, 'event')}`}
        foot={
          <>
            <CopyButton
              text={() => new URL(exportAddress(filter, format), location.href).href}
              label="Copy the address for a shell"
              className="me-auto"
            />
            {running ? (
              <Button onClick={cancel}>Cancel</Button>
            ) : (
              <Button variant="primary" onClick={() => start(filter, format)}>
                {run.kind === 'done' ? 'Export again' : 'Export'}
              </Button>
            )}
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <Segmented label="Format" items={FORMATS} value={format} onChange={setFormat} className="self-start" />
          <p className="text-ink-2">{ABOUT[format]}</p>
          {running && (
            <progress
              aria-label="Events exported"
              className="h-1.5 w-full accent-[var(--tide-2)]"
              max={total ?? undefined}
              value={total === null ? undefined : Math.min(run.events, total)}
            />
          )}
          <p role="status" className="min-h-5">
            {running && progressWords(run.events, total, run.elapsedMs)}
            {run.kind === 'done' &&
              `${formatNumberOf(run.events, 'event')} exported in ${formatSeconds(run.elapsedMs / 1000)}.`}
          </p>
          {run.kind === 'failed' && (
            <Banner tone="bad" title={`The export failed after ${formatCount(run.events)} events`}>
              {run.message}. Nothing was saved.
            </Banner>
          )}
        </div>
      </Dialog>
    </>
  );
}
