import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '#console/providers.tsx';
import { parseSettings, SETTINGS_COOKIE } from '#console/settings-model.ts';
import './globals.css';

export const metadata: Metadata = { title: { default: 'Tidemark', template: '%s · Tidemark' } };

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f6f2' },
    { media: '(prefers-color-scheme: dark)', color: '#0a0f12' },
  ],
};

/** The theme comes from a cookie, so that the first paint has it without a script. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const settings = parseSettings((await cookies()).get(SETTINGS_COOKIE)?.value);
  return (
    <html
      lang="en"
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      data-theme={settings.theme === 'system' ? undefined : settings.theme}
      data-rail={settings.rail}
      suppressHydrationWarning
    >
      <body>
        <Providers settings={settings}>{children}</Providers>
      </body>
    </html>
  );
}
