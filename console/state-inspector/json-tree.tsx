'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import type { JsonObject } from '#server/kernel/json.ts';
import { type JsonRow, jsonRows, MEMBERS_STEP } from './json-rows.ts';

type Props = {
  label: string;
  value: JsonObject;
  /** Paths, as `formatPath` writes them, that stand out: what this version changed. */
  changed?: ReadonlySet<string> | undefined;
  /** The path the operator asks about, and how a click asks. */
  selected?: string | null | undefined;
  onSelect?: ((path: string) => void) | undefined;
  /** What stands at the right of the selected line. */
  selectedNote?: ReactNode;
};

/** A JSON object as a tree of lines: arrow keys walk, right opens, left closes; long containers come in steps. */
export function JsonTree({ label, value, changed, selected = null, onSelect, selectedNote }: Props) {
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map());
  const [cursor, setCursor] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => jsonRows(value, opened, shown), [value, opened, shown]);
  const cursorIndex = Math.max(
    0,
    rows.findIndex((row) => row.id === (cursor ?? selected)),
  );

  const act = (row: JsonRow) => {
    if (row.kind === 'branch') setOpened(new Map(opened).set(row.id, !row.open));
    else if (row.kind === 'more') {
      const container = row.id.slice(0, -1);
      setShown(new Map(shown).set(container, (shown.get(container) ?? MEMBERS_STEP) + MEMBERS_STEP * 10));
    } else onSelect?.(row.id);
  };
  const moveTo = (index: number) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (row === undefined) return;
    setCursor(row.id);
    tree.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row.id)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[cursorIndex];
    if (row === undefined) return;
    const handled = treeKey(event.key, row, cursorIndex, rows.length, { act, moveTo });
    if (handled) event.preventDefault();
    if (handled) event.stopPropagation();
  };

  if (rows.length === 0) return <p className="mono text-ink-3">{'{}'}</p>;
  return (
    <div ref={tree} role="tree" tabIndex={-1} aria-label={label} className="mono leading-5" onKeyDown={onKeyDown}>
      {rows.map((row, index) => (
        <Line
          key={row.id}
          row={row}
          focusable={index === cursorIndex}
          changed={changed?.has(row.id) ?? false}
          selected={selected === row.id}
          selectable={onSelect !== undefined}
          note={selected === row.id ? selectedNote : null}
          onPress={() => {
            setCursor(row.id);
            act(row);
          }}
        />
      ))}
    </div>
  );
}

type LineProps = {
  row: JsonRow;
  focusable: boolean;
  changed: boolean;
  selected: boolean;
  selectable: boolean;
  note: ReactNode;
  onPress(): void;
};

function Line({ row, focusable, changed, selected, selectable, note, onPress }: LineProps) {
  const pressable = row.kind !== 'leaf' || selectable;
  const ground = selected ? 'bg-tide-soft shadow-[inset_2px_0_0_var(--tide)]' : changed ? 'bg-ok-soft' : '';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles keys for all of its lines
    <div
      role="treeitem"
      data-row={row.id}
      tabIndex={focusable ? 0 : -1}
      aria-level={row.depth + 1}
      aria-selected={selected}
      {...(row.kind === 'branch' ? { 'aria-expanded': row.open } : {})}
      onClick={pressable ? onPress : undefined}
      className={`flex items-start gap-1 ${ground} ${pressable ? 'cursor-pointer hover:bg-sunken dark:hover:bg-raised' : ''}`}
      style={{ paddingInlineStart: row.depth * 14 + 4 }}
    >
      <span className="flex h-5 w-3 shrink-0 items-center text-ink-3">
        {row.kind === 'branch' && (row.open ? <ChevronDown size={11} /> : <ChevronRight size={11} />)}
      </span>
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <LineText row={row} />
      </span>
      {changed && <span className="sr-only">changed</span>}
      {note}
    </div>
  );
}

function LineText({ row }: { row: JsonRow }) {
  if (row.kind === 'more') return <span className="text-tide">{row.hidden.toLocaleString('en-US')} more</span>;
  const name = <span className="text-ink-2">{row.name} </span>;
  if (row.kind === 'branch') {
    return (
      <>
        {name}
        <span className="text-ink-3">
          {row.open || row.summary === ''
            ? `${row.members} ${row.members === 1 ? row.noun.slice(0, -1) : row.noun}`
            : row.summary}
        </span>
      </>
    );
  }
  if (row.empty !== undefined) {
    return (
      <>
        {name}
        <span className="text-ink-3">{row.empty}</span>
      </>
    );
  }
  const colour =
    typeof row.value === 'string'
      ? 'text-json-string'
      : typeof row.value === 'number'
        ? 'text-json-number'
        : 'text-ink';
  return (
    <>
      {name}
      <span className={colour}>{JSON.stringify(row.value)}</span>
    </>
  );
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
