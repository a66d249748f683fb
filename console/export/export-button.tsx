'use client';

import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { formatNumberOf } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { Button } from '#console/ui/button.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import { asked, type ExportFilter, type ExportFormat, exportAddress, fileAddress } from './export-model.ts';
import { KeptExportRow } from './kept-export-row.tsx';
import { saveAddress } from './open-export.ts';
import { useKeptExports } from './use-kept-exports.ts';

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
  /** Of the word beside the icon, where it must give way. */
  wordClass?: string;
};

/** Opens the export of a filtered set. The server makes it; the file is saved by this tab while it is open, or later. */
export function ExportButton({ filter, what, total, wordClass }: Props) {
  const [open, setOpen] = useState(false);
  const [format, setFormat] = useState<ExportFormat>('ndjson');
  const { kept, start, remove } = useKeptExports();
  const [begun, setBegun] = useState<string | null>(null);
  const mine = kept.find(({ exportId }) => exportId === begun);
  const saves = open && mine?.state === 'done' ? mine.exportId : null;
  useEffect(() => {
    if (saves !== null) saveAddress(fileAddress(saves));
  }, [saves]);

  const begin = () =>
    start.mutate(
      { ...asked(filter), format, what, ...(total !== null && { expected: total }) },
      { onSuccess: ({ exportId }) => setBegun(exportId) },
    );
  const running = start.isPending || mine?.state === 'running';
  return (
    <>
      <Button onClick={() => setOpen(true)} title={`Export: ${what.toLowerCase()}`}>
        <Download strokeWidth={1.75} aria-hidden />
        <span className={wordClass}>Export…</span>
      </Button>
      <Dialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next);
          if (!next) setBegun(null);
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
            <Button variant={mine?.state === 'done' ? 'secondary' : 'primary'} disabled={running} onClick={begin}>
              {mine === undefined ? 'Export' : 'Export again'}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <Segmented label="Format" items={FORMATS} value={format} onChange={setFormat} className="self-start" />
          <p className="text-ink-2">{ABOUT[format]}</p>
          {start.isError && <QueryError title="The export was not begun" error={start.error} />}
          {mine !== undefined && (
            <KeptExportRow kept={mine} onRemove={() => remove.mutate({ exportId: mine.exportId })} />
          )}
          {running && <p className="text-ink-3 text-small">It goes on when this page is closed.</p>}
        </div>
      </Dialog>
    </>
  );
}
