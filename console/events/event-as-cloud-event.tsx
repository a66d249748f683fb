'use client';

import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { openExport, saveFile } from '#console/export/open-export.ts';
import { TextView } from '#console/state-inspector/text-view.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { Button } from '#console/ui/button.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';

/** The event as a CloudEvent 1.0, to be copied or saved. It comes by the export, which puts on record that it left. */
export function EventAsCloudEvent({ position }: { position: string }) {
  const query = useQuery({
    queryKey: ['cloud-event', position],
    queryFn: async ({ signal }) => {
      const answer = await openExport({ firstPosition: position, lastPosition: position }, 'ndjson', signal);
      return JSON.stringify(JSON.parse(await answer.text()), null, 2);
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (query.isError) {
    return (
      <Banner
        tone="bad"
        title="The CloudEvent could not be read"
        actions={<Button onClick={() => void query.refetch()}>Retry</Button>}
      >
        {query.error.message}.
      </Banner>
    );
  }
  if (query.data === undefined) return <SkeletonLines rows={10} label="the CloudEvent" />;
  const text = query.data;
  return (
    <>
      <TextView label="The event as a CloudEvent" text={text} />
      <div className="mt-2 flex flex-wrap gap-2">
        <CopyButton text={text} label="Copy the CloudEvent" variant="secondary">
          Copy
        </CopyButton>
        <Button
          onClick={() =>
            saveFile(new Blob([`${text}\n`], { type: 'application/cloudevents+json' }), `event-${position}.json`)
          }
        >
          <Download strokeWidth={1.75} aria-hidden />
          Save event-{position}.json
        </Button>
      </div>
    </>
  );
}
