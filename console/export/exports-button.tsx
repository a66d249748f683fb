'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { formatNumberOf } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { Button } from '#console/ui/button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { shareDone } from './export-model.ts';
import { KeptExportRow } from './kept-export-row.tsx';
import { useKeptExports } from './use-kept-exports.ts';

/** Exports that are being made, or wait to be saved, from any page; nothing where there are none. */
export function ExportsButton() {
  const [open, setOpen] = useState(false);
  const { kept, remove } = useKeptExports();
  if (kept.length === 0 && !open) return null;
  const running = kept.filter(({ state }) => state === 'running');
  const share = shareDone(running);
  const words = running.length > 0 ? `${formatNumberOf(running.length, 'export')} running` : `${kept.length} kept`;
  return (
    <>
      <Button variant="ghost" onClick={() => setOpen(true)} title={`Exports: ${words}`} className="px-1.5">
        <Download strokeWidth={1.75} aria-hidden className="size-4!" />
        <span className="sr-only">Exports: {words}</span>
        {running.length > 0 && <span className="text-small text-tide">{share ?? '…'}</span>}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Exports"
        note="Yours, made by the server whether this page is open or not, kept for a day."
      >
        {remove.isError && <QueryError title="The export could not be removed" error={remove.error} />}
        {kept.length === 0 && <p className="text-ink-2">None is kept.</p>}
        <ul className="flex flex-col divide-y divide-line">
          {kept.map((one) => (
            <li key={one.exportId} className="py-3">
              <KeptExportRow kept={one} onRemove={() => remove.mutate({ exportId: one.exportId })} />
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
