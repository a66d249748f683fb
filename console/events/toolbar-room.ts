/**
 * Beside an open inspector the toolbar has few pixels: it stays on one row, its icons without words but not without names.
 * Below 1024 px it breaks anyway, and the words stay.
 */
export const TOOLBAR_WORD = 'lg:@max-[58rem]/toolbar:sr-only';
export const TOOLBAR_GAP = 'lg:@max-[58rem]/toolbar:gap-x-2';
export const TOOLBAR_CHOICE = 'w-34 lg:@max-[58rem]/toolbar:w-30';
export const TOOLBAR_TIME = 'w-24 lg:@max-[58rem]/toolbar:w-20';
