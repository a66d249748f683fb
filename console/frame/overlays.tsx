'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { KeysHelp } from '#console/keys/keys-help.tsx';
import { Palette } from '#console/palette/palette.tsx';
import { usePageFocus } from './use-page-focus.ts';

type Overlays = { openPalette: () => void; openKeys: () => void };

const Context = createContext<Overlays | null>(null);

/** The palette and the help of the keys, which any part of the frame can open. */
export function OverlaysProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  usePageFocus();
  const overlays = useMemo(() => ({ openPalette: () => setOpen('palette'), openKeys: () => setOpen('keys') }), []);
  const close = (next: boolean) => {
    if (!next) setOpen(null);
  };
  return (
    <Context.Provider value={overlays}>
      {children}
      <Palette open={open === 'palette'} onOpenChange={close} onKeys={overlays.openKeys} />
      <KeysHelp open={open === 'keys'} onOpenChange={close} />
    </Context.Provider>
  );
}

/** Opens the palette, or the help of the keys. */
export function useOverlays(): Overlays {
  const overlays = useContext(Context);
  if (overlays === null) throw new Error('useOverlays needs an OverlaysProvider above it');
  return overlays;
}
