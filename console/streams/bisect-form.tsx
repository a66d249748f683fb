'use client';

import { useState } from 'react';
import { formatCount } from '#console/format.ts';
import { useKeys } from '#console/keys/keys.tsx';
import { readFailure } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { cn } from '#console/ui/cn.ts';
import { Input } from '#console/ui/input.tsx';
import { nothingFound } from './bisect-words.ts';
import { type BisectRun, useBisect } from './use-bisect.ts';

type Props = {
  streamId: string;
  where: string | null;
  /** Such as `status = "shipped"`, of the state that is shown. */
  example: string;
  onWhere(where: string | null): void;
  onVersion(version: number): void;
};

/** A condition over the state, and the first version at which it became true. */
export function BisectForm({ streamId, where, example, onWhere, onVersion }: Props) {
  const [text, setText] = useState(where ?? '');
  const { run, start, cancel } = useBisect(streamId, onVersion);
  useKeys([{ keys: 'b', label: 'Find when a condition became true', group: 'Stream', run: focusBisect }]);
  const submit = () => {
    const wanted = text.trim();
    onWhere(wanted === '' ? null : wanted);
    if (wanted === '') cancel();
    else start(wanted);
  };
  return (
    <form
      aria-label="Bisect"
      className="shrink-0 border-line border-t px-3.5 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label htmlFor="bisect" className="mb-1.5 block font-medium text-small">
        When did this become true?
      </label>
      <div className="flex gap-2">
        <Input
          id="bisect"
          data-bisect
          mono
          autoComplete="off"
          spellCheck={false}
          placeholder={example}
          value={text}
          aria-invalid={run.kind === 'failed' || undefined}
          aria-describedby="bisect-says"
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {run.kind === 'looking' ? (
          <Button size="md" onClick={cancel}>
            Cancel
          </Button>
        ) : (
          <Button size="md" type="submit">
            Bisect
          </Button>
        )}
      </div>
      <div id="bisect-says" role="status" className={cn('text-ink-2', run.kind !== 'idle' && 'mt-1.5 min-h-5')}>
        <BisectSays run={run} onVersion={onVersion} onNext={start} />
      </div>
    </form>
  );
}

type SaysProps = { run: BisectRun; onVersion(version: number): void; onNext(where: string, after: number): void };

function BisectSays({ run, onVersion, onNext }: SaysProps) {
  switch (run.kind) {
    case 'idle':
      return null;
    case 'failed':
      return <span className="text-bad">{readFailure(run.error).message}</span>;
    case 'looking':
      return (
        <span className="flex items-center gap-2.5">
          <progress
            aria-label="Versions looked at"
            className="h-1.5 grow accent-[var(--tide-2)]"
            max={run.lastVersion || 1}
            value={run.scannedTo}
          />
          {run.lastVersion === 0 ? 'looking' : `${formatCount(run.scannedTo)} of ${formatCount(run.lastVersion)}`}
        </span>
      );
    case 'done': {
      const { found, scannedTo } = run.result;
      if (found === null) return nothingFound(run.result, run.after);
      return (
        <span>
          {run.after === 0 ? 'First true' : 'True again'} at{' '}
          <button
            type="button"
            className="min-h-6 font-semibold text-tide hover:underline"
            onClick={() => onVersion(found.streamVersion)}
          >
            version {formatCount(found.streamVersion)}
          </button>
          , by {found.eventType}; {formatCount(scannedTo - run.after)} looked at.{' '}
          <button
            type="button"
            className="min-h-6 text-tide hover:underline"
            onClick={() => onNext(run.where, found.streamVersion)}
          >
            The next time
          </button>
        </span>
      );
    }
  }
}

function focusBisect() {
  document.querySelector<HTMLElement>('[data-bisect]')?.focus();
}
