import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { WelcomeScreen } from '#console/welcome/welcome-screen.tsx';

export const metadata: Metadata = { title: 'Welcome' };

export default async function Page() {
  return <WelcomeScreen host={(await headers()).get('host') ?? ''} />;
}
