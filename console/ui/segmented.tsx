import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

type Props<Value extends string> = {
  items: readonly { value: Value; label: ReactNode; title?: string }[];
  value: Value;
  onChange: (value: Value) => void;
  label: string;
  /** 24 px, for a tab bar. */
  small?: boolean;
  className?: string;
};

/** One of a few, side by side. */
export function Segmented<Value extends string>({
  items,
  value,
  onChange,
  label,
  small = false,
  className,
}: Props<Value>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as Value)}
      className={cn('inline-flex shrink-0 rounded-control border border-line-2 bg-surface text-body', className)}
    >
      {items.map((item) => (
        <Radio.Root
          key={item.value}
          value={item.value}
          title={item.title}
          nativeButton
          render={<button type="button" />}
          className={cn(
            'inline-flex items-center justify-center gap-1.5 px-2.5 font-medium text-ink-2 transition-colors border-line-2 border-l first-of-type:rounded-l-[5px] first-of-type:border-l-0 last-of-type:rounded-r-[5px] hover:text-ink focus-visible:z-10 data-checked:bg-sunken data-checked:font-semibold data-checked:text-ink dark:data-checked:bg-line',
            small ? 'h-[22px]' : 'h-[26px] touch:h-[34px]',
          )}
        >
          {item.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
