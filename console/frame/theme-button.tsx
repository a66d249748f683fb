'use client';

import { Moon, Sun } from 'lucide-react';
import { useSettings } from '#console/settings.tsx';
import { Button } from '#console/ui/button.tsx';

/** The theme that is on, whoever chose it: the person or the system. */
export function useShownTheme(): { toggle: () => void } {
  const { settings, change } = useSettings();
  return {
    toggle: () => {
      const systemDark = window.matchMedia('(prefers-color-scheme: dark)').matches;
      const shown = settings.theme === 'system' ? (systemDark ? 'dark' : 'light') : settings.theme;
      change({ theme: shown === 'dark' ? 'light' : 'dark' });
    },
  };
}

/** Light or dark. Which of the two icons shows is left to CSS, so that the server need not know the system's scheme. */
export function ThemeButton() {
  const { toggle } = useShownTheme();
  return (
    <Button variant="ghost" icon onClick={toggle} aria-label="Light or dark" title="Light or dark">
      <Sun strokeWidth={1.75} aria-hidden className="size-4! dark:hidden" />
      <Moon strokeWidth={1.75} aria-hidden className="hidden size-4! dark:block" />
    </Button>
  );
}
