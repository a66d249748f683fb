'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useKeys } from '#console/keys/keys.tsx';
import { routes } from '#console/routes.ts';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { StatusShape } from '#console/ui/status-shape.tsx';
import { useChosen, useOpenChosen } from '#console/ui/use-chosen.ts';
import { GridCell, VirtualGrid } from '#console/ui/virtual-grid.tsx';
import { happenedAfter, type TraceModel, type TraceRow } from './trace-model.ts';
import { formatLength } from './trace-words.ts';

const TREE =
  'gap-x-3 px-4 grid-cols-[minmax(0,1fr)_5rem] sm:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_5.5rem_6rem] lg:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_6rem_7rem_minmax(0,0.5fr)_minmax(0,0.6fr)]';
const TIME =
  'gap-x-3 px-4 grid-cols-[minmax(0,1fr)_minmax(0,1fr)] sm:grid-cols-[minmax(0,0.6fr)_minmax(0,0.4fr)_minmax(0,1fr)_6rem]';
const NOT_PHONE = 'max-sm:hidden';
const WIDE_ONLY = 'max-lg:hidden';
/** Past this depth rows are indented no further; the number of the depth stands before them. */
const INDENT_MAX = 12;

type Props = { model: TraceModel; view: 'tree' | 'time'; marked: string | null };

/** The rows of a trace: beneath their causes, or along the time that they took. Enter opens one. */
export function TraceTable({ model, view, marked }: Props) {
  const [sel, setSel] = useQueryState('row', parseAsString);
  const rows = view === 'tree' ? model.rows : byTime(model.rows);
  const selected = rows.findIndex((row) => (sel === null ? isMarked(row, marked) : row.id === sel));
  const chosen = useChosen(selected);
  const opening = useOpenChosen();
  const select = (index: number) => {
    chosen.current = Math.min(Math.max(index, 0), rows.length - 1);
    opening.choosing(setSel(rows[chosen.current]?.id ?? null));
  };
  const step = (delta: number) => select(chosen.current + delta);
  const open = () => {
    const href = hrefOf(rows[chosen.current]);
    if (href !== null) opening.open(href);
  };
  useKeys([
    { keys: 'j', label: 'Next', group: 'Trace', run: () => step(1) },
    { keys: 'k', label: 'Before', group: 'Trace', run: () => step(-1) },
    { keys: 'Enter', label: 'Open', group: 'Trace', run: open },
  ]);
  return (
    <VirtualGrid
      label={view === 'tree' ? 'What caused what' : 'What took how long'}
      template={view === 'tree' ? TREE : TIME}
      columns={
        view === 'tree'
          ? [
              { name: 'What' },
              { name: 'Stream', className: NOT_PHONE },
              { name: 'After', className: 'text-end' },
              { name: 'Since its cause', className: `text-end ${NOT_PHONE}` },
              { name: 'Actor', className: WIDE_ONLY },
              { name: 'Projections', className: WIDE_ONLY },
            ]
          : [
              { name: 'What' },
              { name: 'Stream', className: NOT_PHONE },
              { name: 'When', head: <Scale totalMs={model.totalMs} /> },
              { name: 'Took', className: `text-end ${NOT_PHONE}` },
            ]
      }
      count={rows.length}
      complete
      rowKey={(index) => rows[index]?.id ?? String(index)}
      selectedIndex={selected}
      onSelect={select}
      onOpen={open}
      className="h-[70dvh] lg:h-auto lg:min-h-40 lg:flex-1"
      renderRow={(index) => {
        const row = rows[index];
        if (row === undefined) return null;
        return view === 'tree' ? <TreeCells row={row} /> : <TimeCells row={row} totalMs={model.totalMs} />;
      }}
    />
  );
}

function TreeCells({ row }: { row: TraceRow }) {
  return (
    <>
      <What row={row} indent />
      <GridCell className={`mono text-ink-2 ${NOT_PHONE}`}>{streamOf(row)}</GridCell>
      <GridCell className="text-end">{formatLength(happenedAfter(row))}</GridCell>
      <GridCell className={`text-end text-ink-2 ${NOT_PHONE}`}>
        {row.hopMs === null
          ? row.kind === 'acknowledgement'
            ? 'not waited for'
            : row.causedElsewhere
              ? 'begun elsewhere'
              : 'the beginning'
          : formatLength(row.hopMs)}
      </GridCell>
      <GridCell className={`text-ink-2 ${WIDE_ONLY}`}>
        {row.kind === 'event' ? row.event.actor : row.kind === 'command' ? row.command.actor : ''}
      </GridCell>
      <GridCell className={WIDE_ONLY}>
        {row.kind === 'event' && (
          <span className={row.waiting.length === 0 ? 'text-ink-2' : 'text-warn'}>
            {row.waiting.length === 0 ? 'applied' : `waits for ${row.waiting.join(', ')}`}
          </span>
        )}
      </GridCell>
    </>
  );
}

function TimeCells({ row, totalMs }: { row: TraceRow; totalMs: number }) {
  const share = (ms: number) => (totalMs === 0 ? 0 : (ms / totalMs) * 100);
  const tone = row.kind === 'command' ? 'bg-ink-3' : row.kind === 'event' ? 'bg-tide' : 'bg-tide-2';
  return (
    <>
      <What row={row} />
      <GridCell className={`mono text-ink-2 ${NOT_PHONE}`}>{streamOf(row)}</GridCell>
      <GridCell className="relative h-5 overflow-visible">
        <span
          className={`fill-solid absolute top-1 h-3 min-w-[3px] rounded-gauge ${tone}`}
          style={{ left: `min(${share(row.fromMs)}%, calc(100% - 3px))`, width: `${share(row.lengthMs)}%` }}
          title={`after ${formatLength(row.fromMs)}`}
        />
        <span className="sr-only">after {formatLength(row.fromMs)}</span>
      </GridCell>
      <GridCell className={`text-end ${NOT_PHONE}`}>{row.lengthMs === 0 ? '' : formatLength(row.lengthMs)}</GridCell>
    </>
  );
}

function What({ row, indent = false }: { row: TraceRow; indent?: boolean }) {
  return (
    <GridCell>
      <span
        className="flex min-w-0 items-center gap-2"
        style={indent ? { paddingInlineStart: Math.min(row.depth, INDENT_MAX) * 14 } : undefined}
      >
        {indent && row.depth > INDENT_MAX && <span className="text-ink-3 text-micro">{row.depth}</span>}
        {row.kind === 'event' ? (
          <EventGlyph eventType={row.event.eventType} />
        ) : row.kind === 'command' ? (
          <span aria-hidden className="mono text-ink-3">
            &gt;
          </span>
        ) : (
          <StatusShape
            kind={row.state === 'applied' ? 'running' : row.state === 'failed' ? 'failed' : 'held'}
            size={10}
          />
        )}
        <span className="truncate">
          {row.kind === 'event' ? (
            row.event.eventType
          ) : row.kind === 'command' ? (
            <>
              <span className="font-semibold">{row.command.commandType}</span>
              {row.command.outcome !== 'accepted' && (
                <span className="text-ink-2"> {row.command.outcome === 'rejected' ? 'refused' : 'nothing to do'}</span>
              )}
            </>
          ) : (
            <span className="text-ink-2">
              {row.projection} {row.state}
            </span>
          )}
        </span>
      </span>
    </GridCell>
  );
}

function Scale({ totalMs }: { totalMs: number }) {
  return (
    <span className="flex justify-between">
      <span>0</span>
      <span>{formatLength(totalMs)}</span>
    </span>
  );
}

function byTime(rows: readonly TraceRow[]): TraceRow[] {
  return [...rows].sort((a, b) => a.fromMs - b.fromMs);
}

function streamOf(row: TraceRow): string {
  if (row.kind === 'event') return `${row.event.streamId} v${row.event.streamVersion}`;
  return row.kind === 'command' ? row.command.streamId : row.sink;
}

/** Where a row leads. */
export function hrefOf(row: TraceRow | undefined): string | null {
  if (row === undefined) return null;
  if (row.kind === 'event') return routes.event(row.event.globalPosition);
  return row.kind === 'command' ? routes.commandRun(row.command.commandId) : routes.projection(row.projection);
}

function isMarked(row: TraceRow, marked: string | null): boolean {
  return row.kind === 'event' && row.event.globalPosition === marked;
}
