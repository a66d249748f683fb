'use client';

import { createContext, type ReactNode, useContext, useMemo, useState, useSyncExternalStore } from 'react';
import { formatSettings, SETTINGS_COOKIE, type Settings } from './settings-model.ts';

type SettingsContext = { settings: Settings; change: (part: Partial<Settings>) => void };

const Context = createContext<SettingsContext | null>(null);
const COOKIE_SECONDS = 365 * 86_400;

/** Holds the person's settings, which the server read from the cookie, and keeps them there. */
export function SettingsProvider({ initial, children }: { initial: Settings; children: ReactNode }) {
  const [settings, setSettings] = useState(initial);
  const value = useMemo(
    () => ({
      settings,
      change: (part: Partial<Settings>) => {
        const next = { ...settings, ...part };
        setSettings(next);
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox 139 and older
        document.cookie = `${SETTINGS_COOKIE}=${formatSettings(next)}; path=/; max-age=${COOKIE_SECONDS}; samesite=lax`;
        const root = document.documentElement;
        if (next.theme === 'system') delete root.dataset.theme;
        else root.dataset.theme = next.theme;
        root.dataset.rail = next.rail;
      },
    }),
    [settings],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** The settings, and how to change them. */
export function useSettings(): SettingsContext {
  const context = useContext(Context);
  if (context === null) throw new Error('useSettings needs a SettingsProvider above it');
  return context;
}

const noSubscription = () => () => {};

/** The zone to write times in, as an IANA name. On the server the browser's zone is unknown: UTC until it is mounted. */
export function useZone(): string {
  const { zone } = useSettings().settings;
  const browserZone = useSyncExternalStore(noSubscription, readBrowserZone, () => 'UTC');
  return zone === 'local' ? browserZone : zone;
}

/** Whether this is the browser after hydration; what depends on its clock or zone waits for it. */
export function useMounted(): boolean {
  return useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  );
}

function readBrowserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
