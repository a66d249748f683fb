'use client';

import { useMemo } from 'react';
import { formatCount, formatMs, formatNumberOf } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { Pane } from '#console/state-inspector/pane.tsx';
import { changedPaths, formatPath, parsePath, valueAt } from '#console/state-inspector/state-path.ts';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { StreamState } from '#server/explorer/explorer.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { BisectForm } from './bisect-form.tsx';
import { FieldWhy } from './field-why.tsx';

type Props = {
  streamId: string;
  version: number;
  lastVersion: number;
  state: JsonObject | undefined;
  /** How the state came to be. */
  fold: Pick<StreamState, 'eventsFolded' | 'snapshotVersion' | 'foldMs'> | undefined;
  before: JsonObject | null | undefined;
  error: unknown;
  onRetry(): void;
  field: string | null;
  where: string | null;
  onField(path: string | null): void;
  onWhere(where: string | null): void;
  onVersion(version: number): void;
};

/** The state at a version, with what differs from the version compared with marked. */
export function StatePane(props: Props) {
  const { streamId, version, lastVersion, state, before, error, onRetry, field, onField, onVersion } = props;
  const path = field === null ? null : parsePath(field);
  const changed = useMemo(
    () => new Set(before && state ? changedPaths(before, state).map((change) => formatPath(change.path)) : []),
    [before, state],
  );
  return (
    <Pane
      title={`State at version ${formatCount(version)}`}
      busy={state === undefined && error === null}
      note={
        <>
          <span role="status" title={props.fold && foldNote(props.fold)}>
            {props.fold && `${formatCount(props.fold.eventsFolded)} folded in ${formatMs(props.fold.foldMs)}`}
          </span>
          {state && <CopyButton text={() => JSON.stringify(state, null, 2)} label="Copy state" className="-me-1.5" />}
        </>
      }
    >
      {error !== null ? (
        <QueryError
          title={`Version ${formatCount(version)} can not be folded`}
          error={error}
          onRetry={onRetry}
          className="m-3 min-h-0 grow overflow-y-auto"
        />
      ) : state === undefined ? (
        <SkeletonLines rows={10} label="the state" className="min-h-0 grow overflow-hidden py-2" />
      ) : (
        <div className="min-h-0 grow overflow-y-auto px-2 py-2.5">
          <JsonTree
            label={`State at version ${version}`}
            value={state}
            changed={changed}
            selected={field}
            onSelect={(path) => onField(path === field ? null : path)}
            selectedNote={<span className="shrink-0 pe-1.5 text-tide">why is this so?</span>}
          />
        </div>
      )}
      {field !== null && (
        <FieldWhy
          key={field}
          streamId={streamId}
          path={field}
          value={path !== null && state ? valueAt(state, path) : undefined}
          version={version}
          lastVersion={lastVersion}
          onVersion={onVersion}
          onClose={() => onField(null)}
        />
      )}
      <BisectForm
        streamId={streamId}
        where={props.where}
        example={exampleCondition(state)}
        onWhere={props.onWhere}
        onVersion={onVersion}
      />
    </Pane>
  );
}

function foldNote({ eventsFolded, snapshotVersion, foldMs }: NonNullable<Props['fold']>): string {
  const from = snapshotVersion === null ? '' : ` from the snapshot at ${formatCount(snapshotVersion)}`;
  return `folded ${formatNumberOf(eventsFolded, 'event')}${from} in ${formatMs(foldMs)}`;
}

/** A condition of the first field that is there, so that one sees how they are written. */
function exampleCondition(state: JsonObject | undefined): string {
  const [name, value] = Object.entries(state ?? {}).find(([, one]) => typeof one !== 'object') ?? ['status', 'shipped'];
  return typeof value === 'number' ? `${name} > ${value}` : `${name} = ${JSON.stringify(value)}`;
}
