'use client';

import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { useState } from 'react';
import { DateTimeField } from '#console/date-time-field.tsx';
import { formatCount } from '#console/format.ts';
import type { PlaySpeed } from '#console/state-inspector/use-playback.ts';
import { stepVersion } from '#console/state-inspector/version-slider-model.ts';
import { Button } from '#console/ui/button.tsx';
import { Input } from '#console/ui/input.tsx';
import { Kbd } from '#console/ui/kbd.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import { Select } from '#console/ui/select.tsx';

type Props = {
  version: number;
  lastVersion: number;
  /** When the version came to be. */
  at: string | null;
  base: number;
  pinnedBase: number | null;
  onVersion(version: number): void;
  onTime(at: string): void;
  onBase(base: number | null): void;
  playback: { playing: boolean; speed: PlaySpeed; setSpeed(speed: PlaySpeed): void; toggle(): void };
};

const SPEEDS = [
  { value: '1', label: '1/s' },
  { value: '5', label: '5/s' },
  { value: '20', label: '20/s' },
] as const;

/** Which version: by playing, by number, by time; and which one it is compared with. */
export function VersionControls(props: Props) {
  const { version, lastVersion, at, onVersion, onTime, playback } = props;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="md" icon title="To version 1" aria-label="To version 1" onClick={() => onVersion(1)}>
        <SkipBack strokeWidth={1.75} aria-hidden />
      </Button>
      <Button
        size="md"
        icon
        title={playback.playing ? 'Stop (p)' : 'Play (p)'}
        aria-label={playback.playing ? 'Stop' : 'Play'}
        onClick={playback.toggle}
      >
        {playback.playing ? <Pause strokeWidth={1.75} aria-hidden /> : <Play strokeWidth={1.75} aria-hidden />}
      </Button>
      <Button
        size="md"
        icon
        title="To the latest version"
        aria-label="To the latest version"
        onClick={() => onVersion(lastVersion)}
      >
        <SkipForward strokeWidth={1.75} aria-hidden />
      </Button>
      <Segmented
        label="Versions a second"
        items={SPEEDS}
        value={String(playback.speed) as '1' | '5' | '20'}
        onChange={(speed) => playback.setSpeed(Number(speed) as PlaySpeed)}
      />
      <div className="flex items-center gap-2 sm:ms-2">
        <label htmlFor="version" className="text-ink-2">
          Version
        </label>
        <VersionField id="version" version={version} lastVersion={lastVersion} onVersion={onVersion} />
        <span className="whitespace-nowrap text-ink-2">of {formatCount(lastVersion)}, or at</span>
      </div>
      <DateTimeField
        label="Time of the version"
        value={at}
        onChange={(time) => time !== null && onTime(time)}
        className="w-56 max-sm:w-full"
      />
      <span className="flex items-center gap-1 text-ink-3 text-small max-xl:hidden">
        <Kbd>[</Kbd>
        <Kbd>]</Kbd> step, <Kbd>d</Kbd> diff
      </span>
      <CompareSelect {...props} />
    </div>
  );
}

/** A whole number that takes effect on Enter and on leaving; arrows step. */
function VersionField({
  id,
  version,
  lastVersion,
  onVersion,
}: {
  id: string;
  version: number;
  lastVersion: number;
  onVersion(version: number): void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const wanted = Number((draft ?? '').replaceAll(',', ''));
    setDraft(null);
    if (draft !== null && Number.isInteger(wanted) && wanted >= 1) onVersion(Math.min(wanted, lastVersion));
  };
  return (
    <Input
      id={id}
      inputMode="numeric"
      autoComplete="off"
      value={draft ?? formatCount(version)}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') setDraft(null);
        else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
          event.preventDefault();
          setDraft(null);
          onVersion(stepVersion(version, event.key === 'ArrowUp' ? 1 : -1, lastVersion));
        }
      }}
      className="w-18 font-semibold"
    />
  );
}

function CompareSelect({ version, lastVersion, base, pinnedBase, onBase }: Props) {
  const items = [
    { value: 'before', label: `v${formatCount(version - 1)}, before` },
    { value: '0', label: 'nothing, v0' },
    { value: '1', label: 'v1, first' },
    { value: String(lastVersion), label: `v${formatCount(lastVersion)}, latest` },
    ...(pinnedBase !== null && ![0, 1, lastVersion].includes(pinnedBase)
      ? [{ value: String(pinnedBase), label: `v${formatCount(pinnedBase)}` }]
      : []),
  ];
  const unique = items.filter((item, index) => items.findIndex((other) => other.value === item.value) === index);
  return (
    <span className="flex items-center gap-2 xl:ms-auto">
      <span className="whitespace-nowrap text-ink-2">Compare with</span>
      <Select
        label="Compare with"
        items={unique}
        value={pinnedBase === null ? 'before' : String(base)}
        onChange={(value) => onBase(value === 'before' ? null : Number(value))}
        className="w-32"
      />
    </span>
  );
}
