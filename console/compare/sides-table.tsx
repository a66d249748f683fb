import { Fragment } from 'react';
import { cn } from '#console/ui/cn.ts';
import type { RowCell } from './differences-model.ts';
import { SideMark } from './side-mark.tsx';

type Props = {
  label: string;
  head: string;
  cells: readonly RowCell[];
  names: { a: string; b: string };
  /** What stands where one side has nothing (default "no row"). */
  absent?: string;
};

/** Two rows side by side. Neither is "the new one", so what differs is marked, not struck out. */
export function SidesTable({ label, head, cells, names, absent = 'no row' }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group that scrolls, not a set of form fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (axe: scrollable-region-focusable)
    <div role="group" aria-label={label} tabIndex={0} className="-outline-offset-2 overflow-x-auto">
      <table aria-label={label} className="w-full table-fixed sm:min-w-104 border-collapse text-table">
        <thead>
          <tr className="border-line border-b text-ink-3 text-small">
            <th scope="col" className="h-7 w-[30%] px-4 text-start max-sm:px-2.5 font-medium">
              {head}
            </th>
            {(['a', 'b'] as const).map((side) => (
              <th key={side} scope="col" className="px-2.5 text-start font-medium text-ink-2">
                <SideMark side={side} name={names[side]} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map(({ column, a, b, differs }) => (
            <tr key={column} className="border-line border-b last:border-b-0">
              <th
                scope="row"
                className="px-4 py-1 text-start font-normal max-sm:px-2.5 text-ink-2 [overflow-wrap:anywhere]"
              >
                <Breakable name={column} />
                {differs ? <span className="sr-only"> differs</span> : null}
              </th>
              <Cell value={a} differs={differs} absent={absent} />
              <Cell value={b} differs={differs} absent={absent} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where it is too long for its column a name breaks behind an underscore, before it breaks anywhere. */
function Breakable({ name }: { name: string }) {
  return name.split(/(?<=_)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a name never change places
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

function Cell({ value, differs, absent }: { value: string | null; differs: boolean; absent: string }) {
  return (
    <td className={cn('mono px-2.5 py-1 [overflow-wrap:anywhere]', differs && 'bg-warn-soft font-semibold')}>
      {value ?? <span className="font-normal text-ink-3">{absent}</span>}
    </td>
  );
}
