'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { ExportButton } from '#console/export/export-button.tsx';
import { shortenId } from '#console/format.ts';
import { Screen } from '#console/frame/screen.tsx';
import { routes } from '#console/routes.ts';
import { ButtonLink } from '#console/ui/button.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { TraceBody } from './trace-body.tsx';

const parseView = parseAsStringLiteral(['tree', 'time', 'graph'] as const).withDefault('tree');

/** One command and all that it caused, across streams, up to each projection's acknowledgement. */
export function TraceScreen({ correlationId }: { correlationId: string }) {
  const [view, setView] = useQueryState('view', parseView.withOptions({ history: 'replace', clearOnDefault: true }));
  return (
    <Screen
      title={
        <span className="mono" title={correlationId}>
          {shortenId(correlationId, 13, 4)}
        </span>
      }
      crumbs={[{ label: 'Traces', href: routes.events() }]}
      badge={<CopyButton text={correlationId} label="Copy the correlation" />}
      fill
      bare
    >
      <div className="flex min-h-0 grow flex-col px-4 pb-4 sm:px-6">
        <TraceBody correlationId={correlationId} view={view} onView={(next) => void setView(next)} />
        <p className="flex flex-wrap gap-2 pt-2">
          <ExportButton filter={{ correlationId }} what="All events of this correlation" total={null} />
          <ButtonLink variant="ghost" href={routes.events({ corr: correlationId })}>
            The same on the Events page
          </ButtonLink>
        </p>
      </div>
    </Screen>
  );
}
