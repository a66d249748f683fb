'use client';

import { useMemo } from 'react';
import { formatCount } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { Pane } from '#console/state-inspector/pane.tsx';
import { changedPaths, formatPath } from '#console/state-inspector/state-path.ts';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { JsonObject } from '#server/kernel/json.ts';

type Props = {
  version: number;
  state: JsonObject | undefined;
  before: JsonObject | null | undefined;
  error: unknown;
  onRetry(): void;
};

/** The state at a version, with what differs from the version compared with marked. */
export function StatePane({ version, state, before, error, onRetry }: Props) {
  const changed = useMemo(
    () => new Set(before && state ? changedPaths(before, state).map((change) => formatPath(change.path)) : []),
    [before, state],
  );
  return (
    <Pane
      title={`State at version ${formatCount(version)}`}
      busy={state === undefined && error === null}
      note={state && <CopyButton text={() => JSON.stringify(state, null, 2)} label="Copy state" className="-me-1.5" />}
    >
      {error !== null ? (
        <QueryError
          title={`Version ${formatCount(version)} can not be folded`}
          error={error}
          onRetry={onRetry}
          className="m-3"
        />
      ) : state === undefined ? (
        <SkeletonLines rows={10} label="the state" className="py-2" />
      ) : (
        <div className="min-h-0 grow overflow-y-auto px-2 py-2.5">
          <JsonTree label={`State at version ${version}`} value={state} changed={changed} />
        </div>
      )}
    </Pane>
  );
}
