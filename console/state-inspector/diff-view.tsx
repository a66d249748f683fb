'use client';

import { useMemo, useState } from 'react';
import type { DiffLine } from './diff-lines.ts';
import { foldLines } from './fold-lines.ts';
import { plural } from './json-rows.ts';
import { beginning, verbatim } from './verbatim.ts';

/** Lines in the page at first; a larger diff is shown on demand, because 5,000 rows of markup take a second. */
const LINES_MAX = 1500;

/** Characters of a line; the state has the rest of it. */
const LINE_MAX = 1000;

const GROUND = { same: '', added: 'bg-ok-soft', removed: 'bg-bad-soft' } as const;
const SIGN = { same: '', added: '+', removed: '−' } as const;
const SIGN_COLOUR = { same: '', added: 'text-ok', removed: 'text-bad' } as const;
const SPOKEN = { same: '', added: 'added: ', removed: 'removed: ' } as const;

/** Two states as lines: removed on red, added on green, each with its sign; unchanged stretches folded, to be opened. */
export function DiffView({ lines }: { lines: readonly DiffLine[] }) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [limit, setLimit] = useState(LINES_MAX);
  const shown = useMemo(() => foldLines(lines, opened), [lines, opened]);
  return (
    <div className="mono py-1.5 leading-5 text-ink-2">
      {shown.slice(0, limit).map((item) =>
        item.kind === 'folded' ? (
          <button
            key={`fold-${item.from}`}
            type="button"
            className="block w-full cursor-pointer py-0.5 text-start text-ink-3 hover:bg-sunken dark:hover:bg-raised"
            style={{ paddingInlineStart: 34 + item.depth * 14 }}
            onClick={() => setOpened(new Set(opened).add(item.from))}
          >
            … {item.count} unchanged {plural(item.count, 'line')}
          </button>
        ) : (
          <div key={item.index} className={`flex ${GROUND[item.line.kind]}`}>
            <span aria-hidden="true" className={`w-[34px] shrink-0 ps-3.5 ${SIGN_COLOUR[item.line.kind]}`}>
              {SIGN[item.line.kind]}
            </span>
            <span
              className={`[overflow-wrap:anywhere] whitespace-pre-wrap pe-3 ${item.line.kind === 'same' ? '' : 'text-ink'}`}
              style={{ paddingInlineStart: item.line.depth * 14 }}
            >
              <span className="sr-only">{SPOKEN[item.line.kind]}</span>
              <bdi dir="ltr">{verbatim(beginning(item.line.text, LINE_MAX))}</bdi>
              {item.line.text.length > LINE_MAX && (
                <span className="text-ink-3">… {item.line.text.length.toLocaleString('en-US')} characters</span>
              )}
            </span>
          </div>
        ),
      )}
      {shown.length > limit && (
        <button
          type="button"
          className="ms-[34px] py-1 text-tide hover:underline"
          onClick={() => setLimit(limit + LINES_MAX)}
        >
          {(shown.length - limit).toLocaleString('en-US')} more lines
        </button>
      )}
    </div>
  );
}
