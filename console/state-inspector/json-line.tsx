import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCount } from '#console/format.ts';
import { cn } from '#console/ui/cn.ts';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { type JsonRow, shownName } from './json-rows.ts';
import { verbatim } from './verbatim.ts';

type Props = {
  id: string;
  index: number;
  row: JsonRow;
  /** The line that the keys are on. */
  active: boolean;
  /** Whether the pointer is on it. */
  hovered: boolean;
  changed: boolean;
  selected: boolean;
  pressable: boolean;
  note: ReactNode;
  textOf(row: JsonRow, what: 'path' | 'value'): string;
  /** Opens a long text whole. */
  onRead(row: JsonRow): void;
};

/** One line of a JSON tree: arrow, key, value; at its right what can be copied of it. */
export function JsonLine({ id, index, row, active, hovered, changed, selected, pressable, note, ...does }: Props) {
  const ground = selected ? 'bg-tide-soft shadow-[inset_2px_0_0_var(--tide)]' : changed ? 'bg-ok-soft' : '';
  return (
    <div
      role="treeitem"
      id={id}
      tabIndex={-1}
      aria-level={row.depth + 1}
      aria-selected={selected}
      data-row={index}
      {...(row.kind === 'branch' ? { 'aria-expanded': row.open } : {})}
      className={cn(
        'relative flex items-start gap-1',
        ground,
        pressable && 'cursor-pointer hover:bg-sunken dark:hover:bg-raised',
        active && 'group-focus-visible/tree:outline-2 group-focus-visible/tree:outline-tide -outline-offset-1',
      )}
      style={{ paddingInlineStart: indentPx(row.depth) }}
    >
      <span className="flex h-5 w-3 shrink-0 items-center text-ink-3" aria-hidden>
        {row.kind === 'branch' && (row.open ? <ChevronDown size={11} /> : <ChevronRight size={11} />)}
      </span>
      <bdi dir="ltr" className="min-w-0 flex-1 whitespace-pre-wrap [overflow-wrap:anywhere]">
        <LineText row={row} textOf={does.textOf} onRead={does.onRead} />
      </bdi>
      {changed && <span className="sr-only">changed</span>}
      {note}
      {(hovered || active) && row.kind !== 'more' && row.path.length > 0 && (
        <span
          className={cn(
            'absolute end-0 top-0 rounded-control bg-raised shadow-button',
            hovered ? 'flex' : 'hidden group-focus-within/tree:flex',
          )}
        >
          <Copy what="path" row={row} textOf={does.textOf} />
          <Copy what="value" row={row} textOf={does.textOf} />
        </span>
      )}
    </div>
  );
}

function Copy({ what, row, textOf }: { what: 'path' | 'value' } & Pick<Props, 'row' | 'textOf'>) {
  return (
    <CopyButton
      text={() => textOf(row, what)}
      label={what === 'path' ? `Copy the path ${shownName(textOf(row, 'path'))} (c)` : 'Copy the value (v)'}
      className="h-6 px-1.5 text-small"
    >
      {what}
    </CopyButton>
  );
}

function LineText({ row, textOf, onRead }: Pick<Props, 'row' | 'textOf' | 'onRead'>) {
  if (row.kind === 'more') return <span className="text-tide">all {formatCount(row.hidden)} more</span>;
  const name =
    row.name === '' && row.path.length === 0 ? null : (
      <span className="text-ink-2" title={row.name.length > 120 ? verbatim(row.name.slice(0, 2000)) : undefined}>
        {shownName(row.name)}{' '}
      </span>
    );
  if (row.kind === 'branch') {
    const noun = row.members === 1 ? row.noun.slice(0, -1) : row.noun;
    const count = `${formatCount(row.members)} ${noun}`;
    return (
      <>
        {name}
        <span className="text-ink-3">{row.open || row.summary === '' ? count : row.summary}</span>
      </>
    );
  }
  const { text, ofCharacters } = row.shown;
  return (
    <>
      {name}
      <span className={row.empty === undefined ? colourOf(row.value) : 'text-ink-3'}>{text}</span>
      {ofCharacters !== null && (
        <span className="mt-0.5 flex flex-wrap items-center gap-x-2 text-ink-3">
          {formatCount(ofCharacters)} characters, the first 1,000 shown
          <button type="button" className="min-h-6 text-tide hover:underline" onClick={() => onRead(row)}>
            Show all
          </button>
          <CopyButton text={() => textOf(row, 'value')} label="Copy all of it" className="h-6 px-1.5 text-small">
            Copy all
          </CopyButton>
        </span>
      )}
    </>
  );
}

function colourOf(value: unknown): string {
  if (typeof value === 'string') return 'text-json-string';
  return typeof value === 'number' ? 'text-json-number' : 'text-ink';
}

/** Past eight levels a step is small, so that the 32nd still has room for its value. */
function indentPx(depth: number): number {
  return Math.min(depth, 8) * 14 + Math.max(0, depth - 8) * 3 + 4;
}
