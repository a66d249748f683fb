import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export type TabItem<Value extends string> = { value: Value; label: ReactNode; count?: string | number };

type Props<Value extends string> = {
  items: readonly TabItem<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  label: string;
  /** At the right end of the bar. */
  aside?: ReactNode;
  children?: ReactNode;
  className?: string;
};

/** A bar of text tabs, 34 px, with a 2 px underline in ink. The panels are `TabPanel`s among its children. */
export function Tabs<Value extends string>({
  items,
  value,
  onChange,
  label,
  aside,
  children,
  className,
}: Props<Value>) {
  return (
    <Base.Root value={value} onValueChange={(next: Value) => onChange(next)} className={className}>
      <div className="flex min-h-[34px] items-end gap-4 border-line border-b">
        <Base.List aria-label={label} className="flex min-w-0 grow gap-5 overflow-x-auto">
          {items.map((item) => (
            <Base.Tab
              key={item.value}
              value={item.value}
              className="-outline-offset-2 flex h-[34px] shrink-0 items-center gap-1.5 border-transparent border-b-2 font-medium forced-colors:border-[Canvas] forced-colors:data-active:border-[Highlight] text-ink-2 transition-colors hover:text-ink data-active:border-ink data-active:font-semibold data-active:text-ink"
            >
              {item.label}
              {item.count === undefined ? null : <span className="font-normal text-ink-3">{item.count}</span>}
            </Base.Tab>
          ))}
        </Base.List>
        {aside === undefined ? null : <div className="flex items-center gap-2 pb-1.5">{aside}</div>}
      </div>
      {children}
    </Base.Root>
  );
}

/** What a tab shows. */
export function TabPanel({ value, children, className }: { value: string; children: ReactNode; className?: string }) {
  return (
    <Base.Panel value={value} className={cn('outline-offset-2', className)}>
      {children}
    </Base.Panel>
  );
}
