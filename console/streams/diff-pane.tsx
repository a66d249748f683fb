'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { formatCount, formatNumberOf } from '#console/format.ts';
import { countChanges, diffLines } from '#console/state-inspector/diff-lines.ts';
import { DiffView } from '#console/state-inspector/diff-view.tsx';
import { Pane } from '#console/state-inspector/pane.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Badge } from '#console/ui/badge.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { JsonObject } from '#server/kernel/json.ts';

type Props = {
  streamId: string;
  base: number;
  version: number;
  /** Undefined while it is folded, null where it can't be. */
  before: JsonObject | null | undefined;
  after: JsonObject | null | undefined;
  playing: boolean;
};

/** What differs between two versions, as lines; and beneath it the same as a JSON Patch. */
export function DiffPane({ streamId, base, version, before, after, playing }: Props) {
  const lines = useMemo(() => (before && after ? diffLines(before, after) : null), [before, after]);
  const counts = useMemo(() => lines && countChanges(lines), [lines]);
  const missing = before === null ? base : after === null ? version : null;
  return (
    <Pane
      title="Diff"
      busy={lines === null && missing === null}
      note={
        <>
          <span>
            v{formatCount(base)} to v{formatCount(version)}
          </span>
          {counts && counts.added > 0 && <Badge tone="ok">+{counts.added}</Badge>}
          {counts && counts.removed > 0 && <Badge tone="bad">−{counts.removed}</Badge>}
        </>
      }
    >
      {missing !== null ? (
        <p className="p-3.5 text-ink-2">Nothing to compare: version {formatCount(missing)} can not be folded.</p>
      ) : lines === null ? (
        <SkeletonLines rows={10} label="the diff" className="py-2" />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <div className="-outline-offset-2 min-h-0 grow overflow-auto" tabIndex={0}>
          {counts?.added === 0 && counts.removed === 0 && (
            <p className="px-3.5 pt-3 text-ink-3">The state is the same at both versions.</p>
          )}
          <DiffView key={`${base}-${version}`} lines={lines} />
        </div>
      )}
      {missing === null && base < version && !playing && <JsonPatch streamId={streamId} from={base} to={version} />}
    </Pane>
  );
}

/** More is for a program to read: the copy has all of it. */
const OPERATIONS_MAX = 200;
const VALUE_CHARS_MAX = 1000;

function PatchValue({ value }: { value: unknown }) {
  const text = JSON.stringify(value);
  const left = text.length - VALUE_CHARS_MAX;
  return (
    <span className="text-ink">
      {' '}
      {left > 0 ? text.slice(0, VALUE_CHARS_MAX) : text}
      {left > 0 && <span className="text-ink-3">… {formatNumberOf(left, 'character')} more in the copy</span>}
    </span>
  );
}

/** The difference as the API gives it (RFC 6902), to be taken elsewhere. */
function JsonPatch({ streamId, from, to }: { streamId: string; from: number; to: number }) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.streams.diff.queryOptions(
      { streamId, from, to },
      { staleTime: Number.POSITIVE_INFINITY, placeholderData: (previous) => previous },
    ),
  );
  const patch = query.data?.patch;
  if (patch === undefined || patch.length === 0) return null;
  return (
    <section aria-label="JSON Patch" className="flex max-h-[38%] shrink-0 flex-col border-line border-t bg-canvas">
      <div className="flex h-8 shrink-0 items-center justify-between px-3.5">
        <h3 className="font-semibold">JSON Patch</h3>
        <CopyButton text={() => JSON.stringify(patch, null, 2)} label="Copy JSON Patch" />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <ol className="mono -outline-offset-2 min-h-0 overflow-y-auto px-3.5 pb-2.5 leading-5" tabIndex={0}>
        {patch.slice(0, OPERATIONS_MAX).map((operation) => (
          <li key={`${operation.op} ${operation.path}`} className="[overflow-wrap:anywhere]">
            <span className="inline-block w-16 text-ink-3">{operation.op}</span>
            <span className="text-ink-2">{operation.path}</span>
            {'value' in operation && <PatchValue value={operation.value} />}
          </li>
        ))}
        {patch.length > OPERATIONS_MAX && (
          <li className="text-ink-3">{formatNumberOf(patch.length - OPERATIONS_MAX, 'operation')} more in the copy</li>
        )}
      </ol>
    </section>
  );
}
