'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { formatCount } from '#console/format.ts';
import { readFailure, useTRPCClient } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { type AuditView, toQuery } from './use-audit.ts';

const PAGE = 1000;

/** All entries of the filter as a file of one JSON object a line; that they were taken is an entry too. */
export function ExportAudit({ view }: { view: AuditView }) {
  const client = useTRPCClient();
  const [said, setSaid] = useState<string | null>(null);
  const [stop, setStop] = useState<AbortController | null>(null);

  const run = async () => {
    const controller = new AbortController();
    setStop(controller);
    const lines: string[] = [];
    try {
      let before: number | undefined;
      do {
        const query = { ...toQuery(view), limit: PAGE, ...(before !== undefined && { before }) };
        const page = await client.audit.export.query(query, { signal: controller.signal });
        lines.push(...page.entries.map((entry) => `${JSON.stringify(entry)}\n`));
        setSaid(`${formatCount(lines.length)} entries`);
        before = page.nextBefore ?? undefined;
      } while (before !== undefined);
      save(lines);
    } catch (error) {
      setSaid(controller.signal.aborted ? 'Cancelled' : readFailure(error).message);
    } finally {
      setStop(null);
    }
  };
  return (
    <span className="flex items-center gap-2">
      <span role="status" className="text-ink-2 text-small empty:hidden">
        {said}
      </span>
      {stop === null ? (
        <Button size="md" onClick={() => void run()}>
          <Download strokeWidth={1.75} aria-hidden />
          Export
        </Button>
      ) : (
        <Button size="md" onClick={() => stop.abort()}>
          Cancel
        </Button>
      )}
    </span>
  );
}

function save(lines: string[]): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(lines, { type: 'application/x-ndjson' }));
  link.download = 'audit.ndjson';
  link.click();
  URL.revokeObjectURL(link.href);
}
