import type { Metadata } from 'next';
import { CommandsScreen } from '#console/commands/commands-screen.tsx';

export const metadata: Metadata = { title: 'Commands' };

export default function Page() {
  return <CommandsScreen />;
}
