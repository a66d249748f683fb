'use client';

import { parseAsInteger, parseAsStringLiteral, useQueryStates } from 'nuqs';
import type { ActName } from '#server/projections/operations.ts';
import { ACTS } from './version-acts.ts';

/** Which act's sheet is open, as the address has it: `act=rebuild&of=2`. */
export function useActSheet() {
  const [asked, setAsked] = useQueryStates({ act: parseAsStringLiteral(ACTS), of: parseAsInteger });
  return {
    asked: asked.act === null || asked.of === null ? null : { act: asked.act, version: asked.of },
    ask: (act: ActName, version: number) => void setAsked({ act, of: version }, { history: 'push' }),
    close: () => void setAsked({ act: null, of: null }),
  };
}
