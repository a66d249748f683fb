'use client';

import { useMemo, useState } from 'react';
import { formatBytes } from '#console/format.ts';
import { Button } from '#console/ui/button.tsx';
import { JsonTree } from '#console/ui/json-tree.tsx';
import type { JsonObject } from '#server/kernel/json.ts';

/** Larger payloads show their beginning until asked: a tree of a megabyte takes seconds to lay out. */
const PREVIEW_BYTES = 64_000;
const PREVIEW_CHARACTERS = 4000;

/** The data of an event as a tree; above 64 kB the beginning as text, and a button for the rest. */
export function EventPayload({ data }: { data: JsonObject }) {
  const [whole, setWhole] = useState(false);
  const text = useMemo(() => JSON.stringify(data, null, 2), [data]);
  if (text.length <= PREVIEW_BYTES || whole) return <JsonTree value={data} className="-ms-3.5" />;
  return (
    <>
      <pre className="mono max-h-72 overflow-hidden whitespace-pre-wrap break-words leading-5">
        {text.slice(0, PREVIEW_CHARACTERS)}…
      </pre>
      <Button className="mt-2" onClick={() => setWhole(true)}>
        Load all ({formatBytes(new Blob([text]).size)})
      </Button>
    </>
  );
}
