'use client';

import type { ReactNode } from 'react';
import { formatSeconds } from '#console/format.ts';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { Sheet } from '#console/ui/sheet.tsx';
import type { MarkHolder } from '#server/kernel/projection.ts';

/** What is known of the Postgres process that holds the mark, and how an administrator of the database ends it. */
export function HolderSheet({ holder, onClose }: { holder: MarkHolder | null; onClose: () => void }) {
  return (
    <Sheet
      open={holder !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={holder === null ? '' : `Postgres process ${holder.processId}`}
      note="Its open append holds every reader at the mark"
    >
      {holder === null ? null : <Holder holder={holder} />}
    </Sheet>
  );
}

function Holder({ holder }: { holder: MarkHolder }) {
  const cancel = `select pg_terminate_backend(${holder.processId});`;
  return (
    <>
      <dl className="border-line border-t">
        <Row name="Application">{holder.applicationName || 'unnamed'}</Row>
        <Row name="Transaction open">{formatSeconds(holder.openSeconds)}</Row>
        <Row name="State">{holder.state}</Row>
      </dl>
      <Command title="Its last statement" text={holder.query} />
      <Command title="To end it, as the owner of the database" text={cancel} />
      <p className="pt-3 text-ink-2 text-small">
        Ending it rolls its append back: nothing of it is in the store, and readers go on within a second. Nothing else
        is lost.
      </p>
    </>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 border-line border-b py-2">
      <dt className="w-36 shrink-0 text-ink-2">{name}</dt>
      <dd className="min-w-0 break-words font-medium">{children}</dd>
    </div>
  );
}

function Command({ title, text }: { title: string; text: string }) {
  return (
    <section className="pt-4">
      <div className="flex items-center justify-between">
        <h3 className="font-medium text-small">{title}</h3>
        <CopyButton text={text} label={`Copy: ${title}`} />
      </div>
      <pre className="overflow-x-auto whitespace-pre-wrap break-words rounded-control bg-sunken px-3 py-2">{text}</pre>
    </section>
  );
}
