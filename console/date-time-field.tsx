'use client';

import { Clock } from 'lucide-react';
import { useRef, useState } from 'react';
import { formatTime } from './format-time.ts';
import { useZone } from './settings.tsx';
import { cn } from './ui/cn.ts';
import { Input } from './ui/input.tsx';
import { parseWallTime, zoneOffsetMinutes } from './wall-time.ts';

type Props = {
  /** What the time is of: "from". It names the field. */
  label: string;
  /** ISO 8601; null where none is chosen. */
  value: string | null;
  /** Called on Enter and on leaving the field, with a time that could be read; null where it was emptied. */
  onChange(value: string | null): void;
  placeholder?: string;
  className?: string;
};

const UNREADABLE = 'Not a time. Write 02 Nov 2026, 09:01:58 or 2026-11-02 09:01';

/** A time as text in the person's zone, with the browser's own picker behind the clock. */
export function DateTimeField({ label, value, onChange, placeholder, className }: Props) {
  const zone = useZone();
  const written = value === null ? '' : formatTime(value, zone, { date: 'always', millis: !/\.000Z$/.test(value) });
  const [draft, setDraft] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const text = draft ?? written;
  const instant = text.trim() === '' ? null : parseWallTime(text, zone, Date.now());
  const invalid = draft !== null && text.trim() !== '' && instant === null;

  const commit = () => {
    if (draft === null || invalid) return;
    setDraft(null);
    const next = instant === null ? null : new Date(instant).toISOString();
    if (next !== value && draft !== written) onChange(next);
  };

  return (
    <span className={cn('relative inline-flex items-center', className)}>
      <Input
        aria-label={label}
        aria-invalid={invalid}
        data-invalid={invalid ? '' : undefined}
        title={invalid ? UNREADABLE : undefined}
        value={text}
        placeholder={placeholder}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          else if (event.key === 'Escape' && draft !== null) setDraft(null);
        }}
        className="pe-8"
      />
      <button
        type="button"
        aria-label={`Pick ${label}`}
        className="absolute end-1 flex size-6 items-center justify-center rounded-badge text-ink-3 hover:text-ink"
        onClick={() => picker.current?.showPicker()}
      >
        <Clock size={14} strokeWidth={1.75} aria-hidden />
      </button>
      <input
        ref={picker}
        type="datetime-local"
        step={1}
        tabIndex={-1}
        aria-hidden="true"
        className="pointer-events-none absolute end-0 bottom-0 size-px opacity-0"
        value={value === null ? '' : localInput(value, zone)}
        onChange={(event) => {
          const picked = parseWallTime(event.currentTarget.value, zone, Date.now());
          setDraft(null);
          if (picked !== null) onChange(new Date(picked).toISOString());
        }}
      />
      {invalid && (
        <span
          role="status"
          className="absolute top-full start-0 z-20 mt-1 w-64 rounded-badge bg-raised px-2 py-1 text-bad text-small shadow-float"
        >
          {UNREADABLE}
        </span>
      )}
    </span>
  );
}

/** The wall clock of the zone as `datetime-local` wants it. */
function localInput(value: string, zone: string): string {
  const instant = Date.parse(value);
  return new Date(instant + zoneOffsetMinutes(instant, zone) * 60_000).toISOString().slice(0, 19);
}
