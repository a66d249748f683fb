'use client';

import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { readFailure, useTRPCClient } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';

/** The report as a file for a change request. */
export function ExportButtons({ id }: { id: string }) {
  const client = useTRPCClient();
  const save = useMutation({
    mutationFn: (format: 'json' | 'markdown') => client.compare.export.query({ id, format }),
    onSuccess: ({ name, type, text }) => {
      const url = URL.createObjectURL(new Blob([text], { type }));
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      URL.revokeObjectURL(url);
    },
  });
  return (
    <>
      {(['markdown', 'json'] as const).map((format) => (
        <Button key={format} variant="ghost" disabled={save.isPending} onClick={() => save.mutate(format)}>
          <Download strokeWidth={1.75} aria-hidden />
          {format === 'json' ? 'JSON' : 'Markdown'}
        </Button>
      ))}
      <span role="status" className={save.isError ? 'text-bad text-small' : 'sr-only'}>
        {save.isError ? readFailure(save.error).message : save.isSuccess ? `Saved as ${save.data.name}` : ''}
      </span>
    </>
  );
}
