'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { cn } from '#console/ui/cn.ts';
import type { Json } from '#server/kernel/json.ts';
import { JsonLine } from './json-line.tsx';
import { type JsonRow, jsonRows } from './json-rows.ts';
import { valueAt } from './state-path.ts';
import { TextDialog } from './text-dialog.tsx';

type Props = {
  label: string;
  value: Json;
  /** What stands before a path that is copied, so that a condition can name it: `data`. */
  root?: string | undefined;
  /** Levels that are open from the start (default 2). */
  openDepth?: number;
  /** Paths, as `formatPath` writes them, that stand out: what this version changed. */
  changed?: ReadonlySet<string> | undefined;
  /** The path the operator asks about, and how a click asks. */
  selected?: string | null | undefined;
  onSelect?: ((path: string) => void) | undefined;
  /** What stands at the right of the selected line. */
  selectedNote?: ReactNode;
  className?: string;
};

/** Lines in the page at once; more scroll in a room of their own, where only those in view are in the page. */
const PLAIN_ROWS_MAX = 200;
const ROW_PX = 20;

/**
 * JSON as a tree of lines, of any size and verbatim: arrows walk, right opens, left closes, `c` copies the path of a line
 * and `v` its value. The tree itself has the focus and names its line, so that a line that scrolls away takes none with it.
 */
export function JsonTree({ label, value, root, openDepth, changed, selected = null, className, ...props }: Props) {
  const { onSelect, selectedNote } = props;
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<string | null>(null);
  const [hovered, setHovered] = useState(-1);
  const [read, setRead] = useState<JsonRow | null>(null);
  const idPrefix = useId();
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () => jsonRows(value, { opened, whole, ...(openDepth !== undefined && { openDepth }) }),
    [value, opened, whole, openDepth],
  );
  const at = Math.max(
    0,
    rows.findIndex((row) => row.id === (cursor ?? selected)),
  );
  const virtual = rows.length > PLAIN_ROWS_MAX;
  const virtualizer = useVirtualizer({
    count: virtual ? rows.length : 0,
    getScrollElement: () => tree.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
  });

  const act = (row: JsonRow) => {
    if (row.kind === 'branch') setOpened(new Map(opened).set(row.id, !row.open));
    else if (row.kind === 'more') setWhole(new Set(whole).add(row.id.slice(0, -1)));
    else onSelect?.(row.id);
  };
  const moveTo = (index: number) => {
    const to = Math.min(Math.max(index, 0), rows.length - 1);
    setCursor(rows[to]?.id ?? null);
    if (virtual) virtualizer.scrollToIndex(to);
    else document.getElementById(`${idPrefix}${to}`)?.scrollIntoView({ block: 'nearest' });
  };
  const textOf = (row: JsonRow, what: 'path' | 'value') => {
    if (what === 'path')
      return row.id === '' || row.id.startsWith('[') ? `${root ?? ''}${row.id}` : pathOf(root, row.id);
    const found = valueAt(value, row.path) ?? null;
    return typeof found === 'string' ? found : JSON.stringify(found, null, 2);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at];
    if (row === undefined || event.target !== tree.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const copy = event.key === 'c' ? 'path' : event.key === 'v' ? 'value' : null;
    if (copy !== null) void navigator.clipboard.writeText(textOf(row, copy)).catch(() => undefined);
    else if (!treeKey(event.key, row, at, rows.length, { act, moveTo })) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const rowUnder = (event: MouseEvent) =>
    event.target instanceof Element ? (event.target.closest<HTMLElement>('[data-index]') ?? null) : null;
  const onClick = (event: MouseEvent) => {
    const row = rows[Number(rowUnder(event)?.dataset.index ?? -1)];
    if (row === undefined || (event.target instanceof Element && event.target.closest('button') !== null)) return;
    setCursor(row.id);
    act(row);
  };

  if (rows.length === 0)
    return <p className={cn('mono text-ink-3', className)}>{Array.isArray(value) ? '[]' : '{}'}</p>;
  const line = (row: JsonRow, index: number) => (
    <JsonLine
      id={`${idPrefix}${index}`}
      index={index}
      row={row}
      active={index === at}
      hovered={index === hovered}
      changed={changed?.has(row.id) ?? false}
      selected={selected === row.id}
      pressable={row.kind !== 'leaf' || onSelect !== undefined}
      note={selected === row.id ? selectedNote : null}
      textOf={textOf}
      onRead={setRead}
    />
  );
  return (
    <>
      <div
        ref={tree}
        role="tree"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={`${idPrefix}${at}`}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onPointerMove={(event) => setHovered(Number(rowUnder(event)?.dataset.index ?? -1))}
        onPointerLeave={() => setHovered(-1)}
        className={cn('group/tree mono leading-5 outline-hidden', virtual && 'max-h-[60vh] overflow-y-auto', className)}
      >
        {virtual ? (
          <div role="none" className="relative" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map((item) => {
              const row = rows[item.index];
              return row === undefined ? null : (
                <div
                  key={item.index}
                  role="none"
                  ref={virtualizer.measureElement}
                  data-index={item.index}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  {line(row, item.index)}
                </div>
              );
            })}
          </div>
        ) : (
          rows.map((row, index) => (
            <div key={row.id} role="none" data-index={index}>
              {line(row, index)}
            </div>
          ))
        )}
      </div>
      <TextDialog
        title={read === null ? '' : textOf(read, 'path')}
        text={read === null ? null : textOf(read, 'value')}
        onClose={() => setRead(null)}
      />
    </>
  );
}

function pathOf(root: string | undefined, path: string): string {
  return root === undefined ? path : `${root}.${path}`;
}

function treeKey(
  key: string,
  row: JsonRow,
  index: number,
  count: number,
  does: { act(row: JsonRow): void; moveTo(index: number): void },
): boolean {
  if (key === 'ArrowDown') does.moveTo(index + 1);
  else if (key === 'ArrowUp') does.moveTo(index - 1);
  else if (key === 'Home') does.moveTo(0);
  else if (key === 'End') does.moveTo(count - 1);
  else if (key === 'ArrowRight' && row.kind === 'branch' && !row.open) does.act(row);
  else if (key === 'ArrowLeft' && row.kind === 'branch' && row.open) does.act(row);
  else if (key === 'Enter' || key === ' ') does.act(row);
  else return false;
  return true;
}
