import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { cn } from './cn.ts';
import { INPUT_CLASS } from './input.tsx';

export type SelectItem<Value extends string> = { value: Value; label: string; note?: string };

type Props<Value extends string> = {
  items: readonly SelectItem<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  /** Needed where no `Field` gives one. */
  label?: string;
  placeholder?: string;
  disabled?: boolean;
  className?: string;
};

/** One of a list. Inside a `Field` it takes the field's label. */
export function Select<Value extends string>({
  items,
  value,
  onChange,
  label,
  placeholder,
  disabled,
  className,
}: Props<Value>) {
  return (
    <Base.Root
      items={items as SelectItem<Value>[]}
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <Base.Trigger
        aria-label={label}
        className={cn(
          INPUT_CLASS,
          'flex items-center justify-between gap-2 text-left hover:bg-sunken dark:hover:bg-raised',
          className,
        )}
      >
        <Base.Value placeholder={placeholder} className="truncate data-placeholder:text-ink-3" />
        <Base.Icon className="text-ink-3">
          <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          sideOffset={4}
          alignItemWithTrigger={false}
          // It stands outside every landmark of the page, so it is one while it is open.
          role="region"
          aria-label={label === undefined ? 'Choices' : `${label}: choices`}
          className="z-50 outline-hidden"
        >
          <Base.Popup className="enter-float max-h-(--available-height) min-w-(--anchor-width) max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-card bg-raised p-1 text-body shadow-float outline-hidden">
            <Base.List>
              {items.map((item) => (
                <Base.Item
                  key={item.value}
                  value={item.value}
                  className="grid min-h-7 cursor-default grid-cols-[1rem_1fr_auto] items-center gap-1.5 rounded-badge py-0.5 pr-2.5 pl-1.5 outline-hidden data-highlighted:bg-sunken dark:data-highlighted:bg-line touch:min-h-9"
                >
                  <Base.ItemIndicator className="col-start-1">
                    <Check size={14} strokeWidth={1.75} aria-hidden />
                  </Base.ItemIndicator>
                  <Base.ItemText className="col-start-2 truncate">{item.label}</Base.ItemText>
                  {item.note === undefined ? null : <span className="text-ink-3 text-small">{item.note}</span>}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
