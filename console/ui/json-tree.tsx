'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Json } from '#server/kernel/json.ts';
import { cn } from './cn.ts';

type Props = {
  value: Json;
  /** Levels that are open from the start (default 2). */
  openDepth?: number;
  className?: string;
};

const CHILDREN_MAX = 200;

/** JSON as a tree that folds: keys, then values; long lists show their first 200 until asked. Digits are not grouped. */
export function JsonTree({ value, openDepth = 2, className }: Props) {
  return (
    <div className={cn('mono break-words text-ink leading-5', className)}>
      {isBranch(value) && size(value) > 0 ? (
        <Children value={value} depth={0} openDepth={openDepth} />
      ) : (
        <Leaf value={value} />
      )}
    </div>
  );
}

function Children({
  value,
  depth,
  openDepth,
}: {
  value: Json[] | { [key: string]: Json };
  depth: number;
  openDepth: number;
}) {
  const [all, setAll] = useState(false);
  const entries = Object.entries(value);
  const shown = all ? entries : entries.slice(0, CHILDREN_MAX);
  return (
    <ul>
      {shown.map(([name, child]) => (
        <Node key={name} name={name} value={child} depth={depth} openDepth={openDepth} />
      ))}
      {shown.length === entries.length ? null : (
        <li style={indent(depth)}>
          <button type="button" className="text-tide" onClick={() => setAll(true)}>
            {entries.length - shown.length} more
          </button>
        </li>
      )}
    </ul>
  );
}

function Node({ name, value, depth, openDepth }: { name: string; value: Json; depth: number; openDepth: number }) {
  const [open, setOpen] = useState(depth < openDepth);
  if (!isBranch(value) || size(value) === 0) {
    return (
      <li style={indent(depth)}>
        <span className="text-ink-2">{name}</span> <Leaf value={value} />
      </li>
    );
  }
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-ml-3.5 inline-flex min-h-6 max-w-full items-center gap-0.5 text-left"
        style={indent(depth)}
      >
        <Arrow size={12} strokeWidth={2} className="shrink-0 text-ink-3" aria-hidden />
        <span className="text-ink-2">{name}</span>
        <span className="ml-1 text-ink-3">{summary(value)}</span>
      </button>
      {open ? <Children value={value} depth={depth + 1} openDepth={openDepth} /> : null}
    </li>
  );
}

function Leaf({ value }: { value: Json }): ReactNode {
  if (typeof value === 'string')
    return <span className="whitespace-pre-wrap text-json-string">{JSON.stringify(value)}</span>;
  if (typeof value === 'number') return <span className="text-json-number">{String(value)}</span>;
  if (isBranch(value)) return <span className="text-ink-3">{summary(value)}</span>;
  return <span className="text-ink-2">{String(value)}</span>;
}

function isBranch(value: Json): value is Json[] | { [key: string]: Json } {
  return typeof value === 'object' && value !== null;
}

function size(value: Json[] | { [key: string]: Json }): number {
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}

function summary(value: Json[] | { [key: string]: Json }): string {
  const count = size(value);
  const noun = Array.isArray(value) ? 'item' : 'field';
  return count === 0 ? (Array.isArray(value) ? '[]' : '{}') : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function indent(depth: number) {
  return { paddingLeft: depth * 14 + 14 };
}
