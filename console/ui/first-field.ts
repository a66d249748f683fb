const FIELDS =
  ':is(input:not([type=hidden], [type=checkbox], [type=radio]), textarea):not([readonly], :disabled, [aria-hidden=true], [tabindex="-1"])';

/**
 * Where the focus goes when a panel opens: to its first field, past the button that closes it. By touch, where a field
 * would raise the keyboard over the panel, and where there is no field, as the library has it.
 */
export function firstField(panel: HTMLElement | null, openedBy: string): HTMLElement | true {
  if (openedBy === 'touch') return true;
  return panel?.querySelector<HTMLElement>(FIELDS) ?? true;
}
